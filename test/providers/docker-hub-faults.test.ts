import type { HubEstate } from '../../src/demo/docker-hub/estate.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/docker-hub/index.ts';
import type { OperationName } from '../../src/providers/docker-hub/operations.ts';
import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there, for each operation whose answer has such. */
const fields: FieldTable<OperationName> = {
  AuthCreateAccessToken: [['access_token']],
  ListRepositories: [
    ['results'],
    ['results[].name'],
    ['results[].is_private'],
    ['results[].is_private', 'somewhat'],
    ['results[].repository_type', 7],
    ['next', 7],
  ],
  GetRepository: [
    ['immutable_tags_settings'],
    ['immutable_tags_settings.enabled'],
    ['immutable_tags_settings.enabled', 'partly'],
    ['immutable_tags_settings.rules'],
    ['immutable_tags_settings.rules', null],
    ['immutable_tags_settings', null],
  ],
  ListRepositoryTeams: [
    ['results'],
    ['results[].group_name'],
    ['results[].permission'],
    ['results[].permission', 'triage'],
    ['count', 99],
  ],
  ListWebhooks: [
    ['results'],
    ['results[].webhooks'],
    ['results[].webhooks[].hook_url'],
    ['results[].webhooks[].hook_url', 'ftp://example.org'],
  ],
  ListTags: [['results'], ['results[].digest'], ['results[].digest', 'latest'], ['count', 99]],
  ListMemberships: [['results'], ['results[].orgname'], ['results[].parent_name']],
  ListMembers: [
    ['results'],
    ['results[].role'],
    ['results[].role', 'Auditor'],
    ['results[].username'],
    ['results[].is_guest'],
    ['count', 99],
  ],
  ListInvites: [['data'], ['data[].invitee'], ['data[].role', 'Auditor']],
  ListOrgAccessTokens: [
    ['results'],
    ['results[].expires_at'],
    ['results[].is_active'],
    ['results[].is_active', 'paused'],
    ['results[].id'],
    ['total', 99],
  ],
  GetOrgAccessToken: [
    ['resources'],
    ['resources[].type', 'TYPE_TEAM'],
    ['resources[].path', 'a/b/c'],
    ['resources[].scopes'],
    ['resources[].scopes', ['scope-image-replace']],
  ],
  ListPersonalAccessTokens: [['results']],
  ListAuditLogs: [['logs'], ['logs', []], ['logs[].action']],
  GetRegistryToken: [['token']],
  ListReferrers: [
    ['manifests'],
    ['manifests[].digest'],
    ['manifests[].artifactType', 'application/vnd.example.unheard-of'],
  ],
  ListScoutRepositories: [
    ['data'],
    ['data.reposFeatures'],
    ['data.reposFeatures[].repoName', 'acme/other'],
    ['data.reposFeatures[].features.vulnerabilityReporting.enabled'],
    ['errors', [{ message: 'forbidden', extensions: { status: 403 } }]],
  ],
  ListScoutImages: [
    ['data'],
    ['data.imageSummariesByDigest'],
    ['data.imageSummariesByDigest', []],
    ['data.imageSummariesByDigest[].sbomState', 'PONDERING'],
    ['data.imageSummariesByDigest[].vulnerabilityReport'],
    ['data.imageSummariesByDigest[].vulnerabilityReport.critical'],
    ['errors', [{ message: 'no access' }]],
  ],
};

/**
 * An organization in which most calls matter; the same with more tags than are read, so that the registry
 * is asked for those of signatures; and an account of a person.
 */
async function scenes(): Promise<readonly HubEstate[]> {
  const good = await hubScenario('all-good');
  const { web } = good.repositories;
  const [image] = web?.images ?? [];
  if (web === undefined || image === undefined) throw new Error('all-good has changed');
  const images = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => ({
    name,
    tags: [name],
    pushedAt: `2026-10-0${9 - index}T08:00:00Z`,
  }));
  const webhooks = ['http://hooks.example.org/'];
  const guest = { username: 'erin', role: 'Member', guest: true, teams: ['developers'] };
  const person = {
    ...good,
    namespace: 'jane',
    caller: { username: 'jane', credential: 'password', seesPrivate: true } as const,
  };
  return [
    {
      ...good,
      members: [...(good.members ?? []), guest],
      repositories: { web: { ...web, webhooks } },
    },
    { ...good, pageSize: 2, repositories: { web: { ...web, teams: {}, images } } },
    { ...person, repositories: { web: { ...web, collaborators: 2 } } },
  ];
}

/** Who asks decides whether the list is whole; the repositories on it are judged all the same. */
function concerned(
  name: OperationName,
  findings: readonly FindingWithoutFingerprint[],
): readonly FindingWithoutFingerprint[] {
  if (name !== 'ListMemberships') return findings;
  return findings.filter(({ repository }) => repository === null);
}

const head = 'a HEAD has no body';
const absent = 'a 404 is the answer that there is none, and other places are looked at';

lawHolds<OperationName, HubEstate>({
  provider,
  scenes,
  scan: (estate, selected, faults) =>
    scanHub({ ...estate, faults }, { checks: selected, ...spoiled }),
  fields,
  named: ['GetOrgAccessToken', 'GetRepository'],
  concerned,
  exempt: {
    GetManifest: {
      'cut-off': head,
      'empty-body': head,
      'malformed-body': head,
      'empty-object': head,
      'error-object': head,
      'damaged-keys': head,
      'not-implemented': absent,
    },
    ListReferrers: { 'not-implemented': absent },
  },
});
