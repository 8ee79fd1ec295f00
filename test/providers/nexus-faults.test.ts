import type { Estate } from '../../src/demo/nexus/estate.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/nexus/index.ts';
import type { OperationName } from '../../src/providers/nexus/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { lawScenes } from '../support/nexus/law-scenes.ts';
import { scanEstate } from '../support/nexus/scan.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there. */
const fields: FieldTable<OperationName> = {
  getApiDescription: [['info'], ['info.version'], ['info.version', 'the newest']],
  listRepositorySettings: [
    ['[].name'],
    ['[].format'],
    ['[].type'],
    ['[].type', 'mirror'],
    ['[].online'],
    ['[].storage'],
  ],
  getAnonymous: [['enabled'], ['enabled', 'no'], ['userId'], ['realmName']],
  listUsers: [
    ['[].userId'],
    ['[].source'],
    ['[].status'],
    ['[].status', 'asleep'],
    ['[].roles'],
    ['[].roles', 'nx-admin'],
  ],
  listRoles: [['[].id'], ['[].privileges'], ['[].roles'], ['[].privileges', 'nx-all']],
  getStatusChecks: [
    ['Default Admin Credentials'],
    ['Default Admin Credentials.healthy'],
    ['Default Admin Credentials.healthy', 'yes'],
  ],
  listCapabilities: [['[].type'], ['[].enabled'], ['[].properties']],
  listTasks: [
    ['items'],
    ['continuationToken'],
    ['items[].type'],
    ['items[].nextRun'],
    ['items[].enabled', 'often'],
  ],
  listCleanupPolicies: [
    ['[].name'],
    ['[].format'],
    ['[].format', 'npm'],
    ['[].criteriaLastDownloaded'],
    ['[].criteriaLastDownloaded', 'long'],
    ['[].criteriaAssetRegex', '.*-rc'],
  ],
  listBlobStores: [['[].name'], ['[].type'], ['[].type', 'Tape'], ['[].unavailable']],
  getS3BlobStore: [
    ['bucketConfiguration'],
    ['bucketConfiguration.encryption'],
    ['bucketConfiguration.encryption.encryptionType', 'rot13'],
  ],
  getGoogleBlobStore: [
    ['bucketConfiguration'],
    ['bucketConfiguration.encryption.encryptionType', 'rot13'],
  ],
  listRoutingRules: [['[].name'], ['[].mode', 'MAYBE'], ['[].matchers']],
  getUserTokens: [['enabled'], ['enabled', 'some']],
  listLdapServers: [['[].name'], ['[].protocol'], ['[].protocol', 'LDAPX']],
  getSaml: [['validateResponseSignature'], ['validateAssertionSignature']],
  getIpAllowList: [['effectiveMode'], ['effectiveMode', 'SUGGEST'], ['featureEnabled']],
  listIpAllowListEntries: [['entries'], ['page', 7], ['totalPages'], ['entries[].entry']],
  listComponents: [
    ['items'],
    ['continuationToken'],
    ['items[].name'],
    ['items[].version'],
    ['items[].assets'],
    ['items[].assets[].checksum.sha256', 'short'],
    ['items[].assets[].lastModified'],
  ],
  getIq: [['enabled'], ['failOpenModeEnabled']],
};

const directory: readonly OperationName[] = ['listUsers', 'listRoles', 'listPrivileges'];
const ofRights = ['push-limited-to-ci', 'delete-limited'];
const ofAnonymous = ['anonymous-pull-off', 'cross-account-limited'];

/**
 * The rights of the caller prove that the list of repositories is whole, which is a finding of the server; what is
 * found of a single repository rests on them only where it is about rights.
 */
function restsOn(
  name: OperationName,
  { check, repository }: FindingWithoutFingerprint,
  { anonymous }: Estate,
): boolean {
  if (repository === null || name === 'listRepositorySettings') return true;
  // Nobody can push to a proxy, whatever users may do.
  if (check === 'push-limited-to-ci' && repository === 'hub') return false;
  if (!directory.includes(name)) return true;
  if (ofAnonymous.includes(check)) return anonymous['enabled'] === true;
  return check.startsWith('recent-images-') || ofRights.includes(check);
}

const noBody = 'the response has no body that could be damaged';

lawHolds<OperationName, Estate>({
  provider,
  scenes: lawScenes,
  scan: (estate, checks, faults) => scanEstate({ ...estate, faults }, { checks, ...spoiled }),
  fields,
  named: ['getS3BlobStore', 'getGoogleBlobStore'],
  exempt: {
    listReferrers: { 'not-implemented': 'a registry without referrers answers 404' },
    getStatus: {
      'empty-body': noBody,
      'malformed-body': noBody,
      'cut-off': noBody,
      'empty-object': noBody,
      'error-object': noBody,
      'damaged-keys': noBody,
    },
    listRealms: { 'damaged-keys': 'the response is a list of words, which have no keys' },
  },
  concerned: (name, findings, scene) => findings.filter((one) => restsOn(name, one, scene)),
  unreached: {
    getManifest: 'no content is read unless images.mayPull says so',
    probeTls: 'what is pretended is served without TLS; nexus-open has it',
  },
});
