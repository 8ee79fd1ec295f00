import { expect, it } from 'vitest';
import { checks as catalogue } from '../../checks/index.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { OperationName } from '../../src/providers/quay/operations.ts';
import { organization } from '../support/quay/law-scenes.ts';
import { scanEstate } from '../support/quay/scan.ts';
import { triedOnce } from '../support/scan-provider.ts';

/** Fields that blind some of the checks that rest on a call: those that are named. */
const blinded: readonly (readonly [OperationName, string, unknown, ...string[]])[] = [
  [
    'getConfig',
    'features.ANONYMOUS_ACCESS',
    undefined,
    'anonymous-pull-off',
    'anonymous-catalog-off',
  ],
  [
    'getConfig',
    'features.SECURITY_SCANNER',
    'perhaps',
    'push-scan-on',
    'rescan-on',
    'recent-images-scanned',
  ],
  ['getConfig', 'features.IMMUTABLE_TAGS', undefined, 'tags-immutable', 'defaults-hardened'],
  ['getConfig', 'features.AUTO_PRUNE', null, 'retention-configured', 'retention-spares-production'],
  ['getConfig', 'features.GARBAGE_COLLECTION', null, 'untagged-expire'],
  ['getConfig', 'features.RESTRICTED_USERS', undefined, 'project-creation-limited'],
  ['getConfig', 'features.SUPER_USERS', undefined, 'admins-few'],
  ['getConfig', 'features.BUILD_SUPPORT', 2, 'build-credentials-safe'],
  ['getConfig', 'features.PROXY_CACHE', undefined, 'upstreams-approved', 'recent-images-signed'],
  ['getConfig', 'features.REPO_MIRROR', undefined, 'upstreams-approved'],
  [
    'getConfig',
    'features.STORAGE_REPLICATION',
    undefined,
    'replicated',
    'replication-targets-trusted',
  ],
  ['getConfig', 'features.REFERRERS_API', undefined, 'recent-images-signed'],
  ['getConfig', 'features.USER_CREATION', undefined, 'self-registration-off'],
  [
    'getConfig',
    'config.AUTHENTICATION_TYPE',
    'Telepathy',
    'central-identity-on',
    'directory-verified',
  ],
  ['getConfig', 'version_number', 'Quay v4.0.0', 'version-supported'],
  [
    'getRegistryConfiguration',
    'config.LOGS_MODEL',
    'papyrus',
    'audit-log-on',
    'audit-log-exported',
  ],
  [
    'getRegistryConfiguration',
    'config.CREATE_PRIVATE_REPO_ON_PUSH',
    undefined,
    'defaults-hardened',
  ],
  ['getRegistryConfiguration', 'config.DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS', 'one', 'replicated'],
  [
    'listRepos',
    'repositories[].state',
    'FROZEN',
    'push-limited-to-ci',
    'upstreams-approved',
    'tags-immutable',
  ],
  ['listRepos', 'repositories[].state', undefined, 'push-limited-to-ci', 'tags-immutable'],
  ['listRepoTags', 'tags[].immutable', undefined, 'tags-immutable'],
];

const rows = blinded.map(([operation, field, value, ...names]) => ({
  operation,
  field,
  value,
  names,
}));

it.each(rows)('$operation: $field as $value', async ({ operation, field, value, names }) => {
  const fault: Fault =
    value === undefined
      ? { operation, kind: 'missing-field', field }
      : { operation, kind: 'new-word', field, value };
  const checks = catalogue.filter(({ id }) => names.includes(id));
  const { findings, crashes } = await scanEstate(
    { ...organization, faults: [fault] },
    { checks, ...triedOnce },
  );
  expect(crashes).toEqual([]);
  const seen = findings.map(({ check, verdict }) => `${check}: ${verdict}`);
  expect(new Set(seen)).toEqual(new Set(names.map((name) => `${name}: unknown`)));
});
