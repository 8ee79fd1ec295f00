import type { Estate } from '../../src/demo/gitlab/estate.ts';
import { provider } from '../../src/providers/gitlab/index.ts';
import type { OperationName } from '../../src/providers/gitlab/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { lawScenes } from '../support/gitlab/law-scenes.ts';
import { scanEstate } from '../support/gitlab/scan.ts';
import { spoiled } from '../support/spoiled.ts';

const data = 'data.projects.nodes[]';
const hook: FieldTable<OperationName>['listHooks'] = [
  ['[].url', 'smoke signals'],
  ['[].enable_ssl_verification'],
];
const token: FieldTable<OperationName>['listDeployTokens'] = [
  ['[].revoked'],
  ['[].scopes'],
  ['[].scopes', ['teleport']],
  ['[].expires_at', 'never'],
];
const member: FieldTable<OperationName>['listProjectMembers'] = [
  ['[].access_level'],
  ['[].access_level', 35],
  ['[].state', 'floating'],
  ['[].member_role', 'release'],
];

/** New words, and fields that must be there. */
const fields: FieldTable<OperationName> = {
  getToken: [['scopes'], ['scopes', ['read_user']], ['user_id']],
  getMetadata: [['version'], ['version', 'nineteen']],
  getSettings: [
    ['signup_enabled'],
    ['two_factor_grace_period', 'long'],
    ['password_authentication_enabled_for_git'],
  ],
  listGeoSites: [['[].primary'], ['[].enabled', 'yes'], ['[].selective_sync_type']],
  listGeoStatuses: [
    ['[].geo_node_id'],
    ['[].container_repositories_replication_enabled'],
    ['[].container_repositories_replication_enabled', null],
  ],
  listAdministrators: [['[].is_admin'], ['[].is_admin', false], ['[].state', 'floating']],
  listGroups: [['[].full_path'], ['[].id']],
  getGroup: [['full_path'], ['full_path', 'other'], ['id']],
  listGroupMembers: member,
  listDirectMembers: member,
  listGroupProjects: [
    ['[].id'],
    ['[].path_with_namespace'],
    ['[].namespace'],
    ['[].namespace.kind', 'realm'],
  ],
  listGroupRepositories: [
    ['[].path'],
    ['[].location'],
    ['[].location', 'evil.example.org/other'],
    ['[].project_id'],
  ],
  listProjectRepositories: [['[].path'], ['[].location']],
  getProject: [['id'], ['path_with_namespace', 'other/one'], ['namespace.full_path']],
  listProjectMembers: member,
  listRepositoryRules: [
    ['[].repository_path_pattern'],
    ['[].repository_path_pattern', 'other/*'],
    ['[].minimum_access_level_for_push', 'robot'],
  ],
  listGroupDeployTokens: token,
  listGroupAccessTokens: [['[].active'], ['[].access_level', 35], ['[].scopes', ['teleport']]],
  listGroupHooks: hook,
  listVirtualRegistries: [['[].id'], ['[].name']],
  listVirtualUpstreams: [['[].url'], ['[].url', 'gopher://example.org']],
  getJobTokenScope: [['inbound_enabled'], ['inbound_enabled', 'perhaps']],
  getSecuritySettings: [
    ['project_id', 99],
    ['container_scanning_for_registry_enabled'],
    ['continuous_vulnerability_scans_enabled', 'sometimes'],
  ],
  queryTagRules: [
    [`${data}.containerProtectionTagRules`, null],
    [`${data}.containerProtectionTagRules.pageInfo.hasNextPage`, true],
    [`${data}.containerProtectionTagRules.nodes[].immutable`],
    [`${data}.fullPath`, 'other/one'],
    ['errors', [{ message: 'Internal server error' }]],
    ['errors', [{ message: "Field 'x' doesn't exist on type 'Project'" }]],
  ],
  queryFindings: [
    [`${data}.vulnerabilitySeveritiesCount`, null],
    [`${data}.vulnerabilitySeveritiesCount.critical`],
  ],
  queryScanPolicies: [[`${data}.scanExecutionPolicies`, null]],
  queryInstanceStreams: [
    ['data.auditEventsInstanceStreamingDestinations', null],
    ['data.auditEventsInstanceStreamingDestinations.nodes[].active', 'yes'],
  ],
  queryStreams: [
    ['data.group', null],
    ['data.group.externalAuditEventStreamingDestinations', null],
    ['data.group.externalAuditEventStreamingDestinations.nodes[].active'],
    ['data.group.externalAuditEventStreamingDestinations.nodes[].category', 'pigeon'],
    ['data.group.amazonS3Configurations'],
  ],
  queryDependencyProxy: [
    ['data.group.fullPath', 'other'],
    ['data.group.descendantGroups', null],
    ['data.group', null],
    ['data.group.dependencyProxySetting', null],
  ],
  queryTags: [
    ['data.containerRepository', null],
    ['data.containerRepository.id', 'gid://gitlab/ContainerRepository/99'],
    ['data.containerRepository.tags.nodes[].digest'],
    ['data.containerRepository.tags.nodes[].publishedAt', null],
    ['data.containerRepository.tags.pageInfo'],
  ],
};

const stored = 'what is stored is bytes that are held to their digest, and no object of an API';
const noReferrers = '404 is how a registry says that it has no referrers API; its body is not read';

lawHolds<OperationName, Estate>({
  provider,
  scenes: lawScenes,
  scan: (estate, checks, faults) => scanEstate({ ...estate, faults }, { checks, ...spoiled }),
  fields,
  named: ['getGroup', 'getProject'],
  exempt: {
    listReferrers: {
      'empty-body': noReferrers,
      'malformed-body': noReferrers,
      'not-implemented': noReferrers,
      'empty-object': noReferrers,
      'error-object': noReferrers,
      'damaged-keys': noReferrers,
    },
    getManifest: { 'empty-object': stored, 'error-object': stored },
  },
  unreached: { probeTls: 'what is pretended is served without TLS' },
});
