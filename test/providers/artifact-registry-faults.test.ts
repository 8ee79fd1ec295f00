import { checks } from '../../checks/index.ts';
import { operationsOf } from '../../src/catalogue/coverage.ts';
import type { Estate } from '../../src/demo/artifact-registry/estate.ts';
import { digestOf } from '../../src/demo/artifact-registry/holdings.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/artifact-registry/index.ts';
import {
  type OperationName,
  operations,
} from '../../src/providers/artifact-registry/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { withRepository } from '../support/google/change.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';
import { bundleSigned } from '../support/signing/cosign.ts';
import { filed } from '../support/signing/filed.ts';
import { keyPair } from '../support/signing/pki.ts';
import { spoiled } from '../support/spoiled.ts';

/**
 * New words, and fields that must be there. Google leaves out whatever has its default value: fields
 * whose absence the API reference explains (a flag that is false, an empty list) are not in the table.
 * Members and roles that nobody has heard of stand in the fixture new-word: they do not concern what of
 * a policy is about logging.
 */
const fields: FieldTable<OperationName> = {
  ExchangeToken: [['access_token']],
  GetProject: [['projectId'], ['name'], ['state'], ['state', 'DELETE_REQUESTED']],
  GetAncestry: [
    ['ancestor'],
    ['ancestor[].resourceId.type', 'asteroid'],
    ['ancestor[].resourceId.id'],
  ],
  GetOrganization: [['displayName'], ['name', 'organizations/1']],
  GetProjectIamPolicy: [['etag'], ['bindings[].role'], ['bindings[].members']],
  GetFolderIamPolicy: [['etag'], ['bindings[].members']],
  GetOrganizationIamPolicy: [['etag'], ['bindings[].role']],
  SearchAllResources: [['results[].name'], ['results[].name', '//x/projects/p']],
  ListLocations: [['locations[].locationId']],
  ListRepositories: [['repositories[].name'], ['repositories[].format']],
  GetRepositoryIamPolicy: [['bindings[].role'], ['bindings[].members', ['martian:x']]],
  ListDockerImages: [
    ['dockerImages[].name'],
    ['dockerImages[].uri'],
    ['dockerImages[].uploadTime'],
    ['dockerImages[].mediaType'],
  ],
  ListAttachments: [['attachments[].type'], ['attachments[].target']],
  GetVpcscConfig: [['name'], ['name', 'projects/p/locations/x/vpcscConfig'], ['vpcscPolicy', 3]],
  GetRepository: [['name'], ['format'], ['mode', 'HOLOGRAM']],
  GetServiceAccountIamPolicy: [['etag'], ['bindings', [{ role: 'roles/x' }]]],
  GetRole: [['includedPermissions'], ['name'], ['name', 'roles/other']],
  ListServiceAccountKeys: [
    ['keys[].validAfterTime'],
    ['keys[].name'],
    ['keys[].keyType', 'ROBOT_MANAGED'],
    ['keys[].name', 'projects/p/serviceAccounts/other/keys/1'],
  ],
  QueryActivities: [['activities[].fullResourceName'], ['activities[].activity']],
  BatchGetServices: [['services'], ['services[].state'], ['services[].state', 'SUSPENDED']],
  GetBinaryAuthorizationPolicy: [
    ['defaultAdmissionRule'],
    ['defaultAdmissionRule.evaluationMode'],
    ['defaultAdmissionRule.evaluationMode', 'REQUIRE_QUORUM'],
    ['defaultAdmissionRule.enforcementMode'],
    ['defaultAdmissionRule.enforcementMode', 'SOMETIMES'],
    ['defaultAdmissionRule.requireAttestationsBy'],
  ],
  ListAttestors: [['attestors[].name']],
  ListClusters: [['clusters[].name'], ['clusters[].binaryAuthorization.evaluationMode', 'PERHAPS']],
  ListRunServices: [['kind'], ['items[].metadata'], ['unreachable', ['europe-west9']]],
  ListRunJobs: [['kind'], ['kind', 'ServiceList'], ['unreachable', ['europe-west9']]],
  ListRunWorkerPools: [['kind'], ['metadata', { continue: 'x' }], ['unreachable', ['x']]],
  ListOccurrences: [
    ['occurrences[].kind'],
    ['occurrences[].resourceUri'],
    ['unreachable', ['projects/p/locations/europe-west9']],
  ],
  GetVulnerabilitySummary: [
    ['counts[].totalCount'],
    ['counts[].resourceUri'],
    ['counts[].severity', 'APOCALYPTIC'],
    ['unreachable', ['projects/p/locations/europe-west9']],
  ],
  ListSinks: [['sinks[].name'], ['sinks[].destination'], ['sinks[].filter', 'odd.field="x"']],
  ListLogBuckets: [['buckets[].retentionDays'], ['buckets[].lifecycleState']],
  ListAccessPolicies: [['accessPolicies[].name']],
  ListServicePerimeters: [
    ['servicePerimeters[].title'],
    ['servicePerimeters[].perimeterType', 'PERIMETER_TYPE_MESH'],
  ],
  ListAccessLevels: [['accessLevels[].name'], ['accessLevels[].basic']],
  GetCryptoKey: [['name', 'projects/p/x'], ['primary.state'], ['primary.state', 'QUARANTINED']],
  GetEffectivePolicy: [['name']],
  ListBuckets: [['items[].name'], ['items[].iamConfiguration']],
  GetBucketIamPolicy: [['etag'], ['resourceId', 'projects/_/buckets/x'], ['bindings[].members']],
};

/** What hangs on images is read as well. */
const context = { ...spoiled.context, images: { newest: 3, tags: [], mayPull: true } };

/** The search for locations is in one scene without what stands in for it, and denied in the other. */
async function scenes(): Promise<readonly Estate[]> {
  const good = withRepository(await scenario('all-good'), ({ images = [] }) => {
    const [image = { name: '' }] = images;
    const key = keyPair('p256').privateKey;
    const { manifest, layer } = filed(
      { ...bundleSigned(digestOf(image.name), key), form: 'sigstore-bundle' },
      digestOf(image.name),
    );
    return { filed: [{ of: image.name, manifest }], layers: [layer] };
  });
  return [
    { ...good, faults: [{ kind: 'denied', operation: 'ListLocations' }] },
    { ...good, faults: [{ kind: 'denied', operation: 'SearchAllResources' }] },
  ];
}

/** Facts of images rest on what is known of images, and only one repository has any. */
const ofImages: readonly OperationName[] = [
  'ListDockerImages',
  'ListOccurrences',
  'GetVulnerabilitySummary',
  'ListAttachments',
  'GetManifest',
];

/** What of a scan rests on an operation: signing in and the lists of places concern everything. */
function concerned(
  name: OperationName,
  findings: readonly FindingWithoutFingerprint[],
  scene: Estate,
) {
  const fault = scene.faults?.[0]?.operation;
  if (name === fault) return [];
  if (['ExchangeToken', 'SearchAllResources', 'ListLocations'].includes(name)) return findings;
  return findings.filter(({ check: id, repository }) => {
    const check = checks.find((one) => one.id === id);
    if (check === undefined) return true;
    if (ofImages.includes(name) && repository !== 'shop') return false;
    if (name === 'ListRepositories' && check.subject === 'repository') return true;
    return operationsOf([{ ...check, mitigatedBy: [] }], provider).includes(name);
  });
}

/** The listings whose shape says that `{}` is how Google answers where there is nothing. */
const emptyAnswers = (Object.keys(operations) as OperationName[])
  .filter((name) => operations[name].shape.always.length === 0)
  .map((name) => [name, { 'empty-object': 'Google leaves out an empty list' }]);

lawHolds<OperationName, Estate>({
  provider,
  scenes,
  scan: (estate, selected, faults) =>
    scanEstate(
      { ...estate, faults: [...(estate.faults ?? []), ...faults] },
      { checks: selected, ...spoiled, context },
    ),
  fields,
  named: [
    'GetBinaryAuthorizationPolicy',
    'GetBucketIamPolicy',
    'GetCryptoKey',
    'GetOrganization',
    'GetProject',
    'GetRepository',
    'GetRole',
    'GetVpcscConfig',
  ],
  concerned,
  exempt: Object.fromEntries(emptyAnswers),
});
