import type { Estate } from '../../src/demo/quay/estate.ts';
import { provider } from '../../src/providers/quay/index.ts';
import type { OperationName } from '../../src/providers/quay/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { lawScenes } from '../support/quay/law-scenes.ts';
import { scanEstate } from '../support/quay/scan.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there. */
const fields: FieldTable<OperationName> = {
  getConfig: [['features'], ['config'], ['version_number'], ['external_login']],
  getOrganizationMembers: [['members']],
  getOrganization: [
    ['name'],
    ['is_admin'],
    ['teams'],
    ['teams.owners.role', 'emperor'],
    ['tag_expiration_s'],
  ],
  getUserInformation: [['username']],
  getLoggedInUser: [['anonymous'], ['anonymous', true], ['username'], ['organizations']],
  listAllUsers: [['users'], ['users[].username'], ['users[].super_user'], ['users[].enabled']],
  listAllAppTokens: [['tokens'], ['tokens[].expiration'], ['tokens[].created', 'once']],
  getRegistryConfiguration: [['config'], ['config.AUTHENTICATION_TYPE']],
  listRepos: [
    ['repositories'],
    ['repositories[].namespace'],
    ['repositories[].name'],
    ['repositories[].is_public'],
    ['repositories[].kind', 'cheese'],
    ['next_page', 5],
  ],
  listPublicRepos: [['repositories'], ['next_page', 5]],
  getOrgRobots: [
    ['robots'],
    ['robots[].created'],
    ['robots[].teams'],
    ['robots[].repositories'],
    ['robots[].last_accessed'],
  ],
  getOrganizationApplications: [['applications'], ['applications[].client_id']],
  listOrganizationApplicationTokens: [
    ['tokens'],
    ['tokens[].scope', 'repo:levitate'],
    ['tokens[].last_accessed'],
  ],
  getOrganizationTeamMembers: [
    ['name'],
    ['members'],
    ['members[].is_robot'],
    ['members[].invited'],
  ],
  getOrganizationCollaborators: [['collaborators']],
  listOrganizationAutoPrunePolicies: [
    ['policies'],
    ['policies[].method', 'by_weight'],
    ['policies[].value'],
  ],
  listOrgImmutabilityPolicies: [
    ['policies'],
    ['policies[].tagPattern'],
    ['policies[].tagPattern', '(?<=a)b'],
    ['policies[].tagPatternMatches'],
  ],
  getProxyCacheConfig: [['upstream_registry'], ['insecure', 'rather']],
  getOrgMirrorConfig: [
    ['external_registry_url'],
    ['external_registry_type', 'attic'],
    ['external_registry_config.verify_tls', 'sometimes'],
  ],
  getRepo: [['name'], ['tag_expiration_s']],
  listRepoUserPermissions: [
    ['permissions'],
    ['permissions.acme+ci.role', 'maintain'],
    ['permissions.acme+ci.is_robot'],
  ],
  listRepoTeamPermissions: [['permissions'], ['permissions.pipelines.role', 'maintain']],
  listRepoNotifications: [
    ['notifications'],
    ['notifications[].method', 'telegram'],
    ['notifications[].config.url', 'smoke signals'],
  ],
  listRepositoryAutoPrunePolicies: [
    ['policies'],
    ['policies[].method', 'by_weight'],
    ['policies[].value', 'a while'],
  ],
  listRepositoryImmutabilityPolicies: [['policies'], ['policies[].tagPattern']],
  getRepoMirrorConfig: [['external_reference'], ['external_registry_config.verify_tls']],
  listBuildTriggers: [['triggers'], ['triggers', [{ is_active: true, service: 'pigeon' }]]],
  listRepoTags: [
    ['tags'],
    ['has_additional'],
    ['tags[].manifest_digest'],
    ['tags[].manifest_digest', 'sha256:0'],
    ['tags[].start_ts'],
    ['tags[].is_manifest_list'],
  ],
  getRepoManifest: [['digest'], ['manifest_data', '[]']],
  getRepoManifestSecurity: [['status'], ['status', 'postponed'], ['data'], ['data.Layer.Features']],
};

/** Whether a repository is a cache only mitigates there: the locks of its tags decide. */
const ofCaches: readonly OperationName[] = [
  'getProxyCacheConfig',
  'getOrgMirrorConfig',
  'getRepoMirrorConfig',
];

const bytes = 'a blob is answered as the bytes that were pushed';

lawHolds<OperationName, Estate>({
  provider,
  scenes: lawScenes,
  scan: (estate, checks, faults) => scanEstate({ ...estate, faults }, { checks, ...spoiled }),
  fields,
  named: [
    'getOrganization',
    'getUserInformation',
    'getOrganizationTeamMembers',
    'getRepo',
    'getRepoManifest',
  ],
  exempt: {
    getBlob: { 'empty-object': bytes, 'error-object': bytes, 'damaged-keys': bytes },
    getOrganizationMembers: {
      'not-implemented': 'an organization that counts the caller among its people proves the token',
    },
  },
  spared: async (name) => new Set(ofCaches.includes(name) ? ['tags-immutable'] : []),
  // A repository that was listed is judged, whether or not the list is whole.
  concerned: (name, findings) =>
    name === 'getLoggedInUser' || name === 'listAllAppTokens'
      ? findings.filter(({ repository }) => repository === null)
      : findings,
  unreached: {
    listAllOrganizations: 'called before there is a registry; quay-open has it',
    probeTls: 'what is pretended is served without TLS; quay-open has it',
  },
});
