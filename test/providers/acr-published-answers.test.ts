import { beforeAll, describe, expect, test } from 'vitest';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { type Scenario, scenario } from '../support/acr/scenario.ts';
import type { Scan } from '../support/scan-provider.ts';

/*
 * Inputs that fool other auditors of ACR, by the numbers under which they were collected, each with the
 * verdict that is right. Rows about documents that are not live settings stand with their nearest live form.
 */
type Row = readonly [id: string, what: string, registry: string, check: string, verdict: string];

const traps: readonly Row[] = [
  ['T40', 'public access is off', 't40-disabled', 'public-endpoint-closed', 'pass'],
  ['T41', 'an approved endpoint', 't41-approved', 'private-endpoint-used', 'pass'],
  ['T41', 'a word in another letter case', 't41-approved', 'public-endpoint-closed', 'pass'],
  ['T42', 'one undecodable registry', 't46-absent', 'admin-user-off', 'pass'],
  ['T43', 'an endpoint that waits', 't43-pending', 'private-endpoint-used', 'fail'],
  ['T43', 'an endpoint that was rejected', 't43-rejected', 'private-endpoint-used', 'fail'],
  ['T43', 'an endpoint that is cut off', 't43-disconnected', 'private-endpoint-used', 'fail'],
  ['T44', 'an endpoint and all the internet', 't44-endpoint', 'private-endpoint-used', 'pass'],
  ['T44', 'an endpoint and all the internet', 't44-endpoint', 'public-endpoint-closed', 'fail'],
  ['T45', 'one address let in', 't45-one-address', 'public-endpoint-closed', 'pass'],
  ['T45', 'half of the internet let in', 't45-wide', 'public-endpoint-closed', 'fail'],
  ['T46', 'the field is absent', 't46-absent', 'public-endpoint-closed', 'unknown'],
  [
    'T47',
    'default action Allow behind a closed door',
    't40-disabled',
    'public-endpoint-closed',
    'pass',
  ],
  ['T49', 'a plan that cannot restrict', 't49-standard', 'public-endpoint-closed', 'fail'],
  ['T50', 'a plan without content trust', 't50-basic', 'signing-configured', 'not-applicable'],
  ['T50', 'nothing is signed there', 't50-basic', 'recent-images-signed', 'fail'],
  ['T51', 'content trust on', 't51-trust-on', 'signing-configured', 'fail'],
  ['T51', 'content trust on, nothing signed', 't51-trust-on', 'recent-images-signed', 'fail'],
  ['T51', 'content trust on is not in force', 't51-trust-on', 'settings-enforced', 'fail'],
  ['T51', 'signed, content trust off', 't51-notation', 'recent-images-signed', 'pass'],
  [
    'T51',
    'signatures present are not enforced',
    't51-notation',
    'signature-required',
    'not-applicable',
  ],
  ['T55', 'everything in it is off', 't55-all-off', 'audit-log-on', 'fail'],
  ['T55', 'everything in it is off', 't55-all-off', 'audit-log-exported', 'fail'],
  ['T55', 'a storage account, the SIEM declared', 't55-storage', 'audit-log-exported', 'fail'],
  ['T56', 'metrics alone', 't56-metrics', 'audit-log-on', 'fail'],
  ['T58', 'a key that has expired', 't58-expired', 'encrypted-with-own-key', 'fail'],
  ['T58', 'a key that is disabled', 't58-disabled', 'encrypted-with-own-key', 'fail'],
  ['T58', 'a key pinned to a version that works', 't58-pinned', 'encrypted-with-own-key', 'pass'],
  ['T58', 'a key that is not to be found', 't58-gone', 'encrypted-with-own-key', 'fail'],
  ['T59', 'no bypass', 't59-none', 'network-bypass-off', 'pass'],
  [
    'T59',
    'a bypass of rules there are none of',
    't59-everything',
    'network-bypass-off',
    'not-applicable',
  ],
  ['T60', 'zone redundancy says nothing', 't60-zone', 'replicated', 'fail'],
  ['T62', 'anonymous pull on any plan', 't62-anonymous', 'anonymous-pull-off', 'fail'],
  ['T63', 'a pull token that ends', 't63-pull', 'tokens-expire', 'pass'],
  ['T63', 'a pull token pushes nothing', 't63-pull', 'push-limited-to-ci', 'pass'],
  ['T63', 'a token without end', 't63-push', 'tokens-expire', 'fail'],
  ['T65', 'replications that are denied', 't65-replicas-denied', 'replicated', 'unknown'],
  ['T65', 'a replica that failed', 't65-failed', 'replicated', 'fail'],
  ['T66', 'soft delete ruled out by retention', 't66-retention', 'deletion-recoverable', 'fail'],
  ['6.11', 'retention passes over OCI images', 'retention-oci', 'untagged-expire', 'fail'],
  ['6.11', 'retention of Docker images', 'retention-docker', 'untagged-expire', 'pass'],
  ['m', 'a purge of every tag', 'purge-task', 'retention-spares-production', 'fail'],
  ['m', 'a purge that is tried out', 'purge-dry-run', 'retention-configured', 'fail'],
  ['6.10', 'AcrPush in vain', 'abac-acrpush', 'push-limited-to-ci', 'pass'],
  ['c2', 'a condition that names another repository', 'abac-writer', 'push-limited-to-ci', 'pass'],
  ['c2', 'a custom role by wildcard', 'custom-role', 'push-limited-to-ci', 'fail'],
  ['c2', 'a role nobody lists', 'unknown-role', 'push-limited-to-ci', 'unknown'],
  ['c3', 'a reader of the admin password', 'admin-reader', 'push-limited-to-ci', 'fail'],
  ['g2', 'quarantine, by which rule is not told', 'quarantine', 'scan-gate-on', 'not-applicable'],
  ['1', 'a login server elsewhere', 'foreign-login-server', 'anonymous-pull-off', 'unknown'],
  ['k', 'untagged images alone', 'untagged-only', 'recent-images-signed', 'unknown'],
  ['l', 'two of three tags locked', 'locked-tags', 'tags-immutable', 'fail'],
  ['u1', 'the system task', 'quicktask', 'build-credentials-safe', 'pass'],
  ['d', 'Defender that is not let in', 'kept-out', 'push-scan-on', 'fail'],
  ['t', 'webhooks of other repositories', 'webhook-scopes', 'webhooks-use-tls', 'pass'],
  ['6.1', 'no finding is listed', 't40-disabled', 'recent-images-clean', 'unknown'],
  ['6.1', 'no finding is listed', 't40-disabled', 'recent-images-scanned', 'unknown'],
];

const subscription = '0b1f6471-1bf0-4dda-aec3-111122223333';
const found = new Map<Scenario, Scan>();
beforeAll(async () => {
  const expected = { siemDestinations: ['*/siem'] };
  found.set('traps', await scanEstate(await scenario('traps'), { expected }));
  found.set('all-bad', await scanEstate(await scenario('all-bad')));
}, 120_000);

const of = (name: Scenario, registry: string, check: string) =>
  found
    .get(name)
    ?.findings.filter(
      (finding) =>
        finding.registry === `acr://${subscription}/${registry}` && finding.check === check,
    ) ?? [];

describe('inputs that fool others', () => {
  test.each(traps)('%s: %s (%s, %s) is %s', (_id, _what, registry, check, verdict) => {
    const verdicts = of('traps', `traps/${registry}`, check).map((one) => one.verdict);
    expect(verdicts).toEqual([verdict]);
  });

  test('every registry of the traps is looked at by some row', () => {
    const rows = new Set(traps.map(([, , registry]) => `acr://${subscription}/traps/${registry}`));
    const registries = new Set(found.get('traps')?.findings.map(({ registry }) => registry));
    expect([...registries].filter((id) => !rows.has(id))).toEqual([]);
    expect(registries.size).toBeGreaterThan(40);
  });

  test.each([
    ['t49-standard', 'public-endpoint-closed', /Standard plan has no network rules, the Premium/],
    ['t49-standard', 'private-endpoint-used', /Standard plan has no private endpoints/],
    ['t49-standard', 'replicated', /Standard plan has no replication, the Premium plan has/],
    ['t49-standard', 'retention-configured', /Standard plan has no retention policy/],
    ['t50-basic', 'encrypted-with-own-key', /Basic plan has no customer-managed keys/],
    ['t50-basic', 'export-blocked', /only the Premium plan can forbid it/],
    ['t66-retention', 'deletion-recoverable', /excludes a retention policy/],
    ['t58-pinned', 'encrypted-with-own-key', /pinned to one version/],
  ])('%s, %s: the plan or the conflict is named', (registry, check, words) => {
    const messages = of('traps', `traps/${registry}`, check).map(({ message }) => message);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(words);
  });

  test('no token goes to a login server that is no host of Azure', () => {
    const [finding] = of('traps', 'traps/foreign-login-server', 'anonymous-pull-off');
    expect(finding?.message).toMatch(/registry\.attacker\.example is not below azurecr\.io/);
  });

  test('of two registries the second does not hide what is wrong with the first (T54)', () => {
    const verdict = (registry: string) =>
      of('all-bad', `loose-rg/${registry}`, 'public-endpoint-closed').map((one) => one.verdict);
    expect(verdict('looseimages')).toEqual(['fail']);
    expect(verdict('wideimages')).toEqual(['fail']);
  });

  test('every check that can fail at ACR fails in all-bad', () => {
    const all = found.get('all-bad')?.findings ?? [];
    const failing = new Set(
      all.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check),
    );
    const silent = [...new Set(all.map(({ check }) => check))].filter(
      (check) => !failing.has(check),
    );
    expect(silent.sort()).toEqual(neverFailing);
  });
});

/** By design of the platform, not offered by it, never told apart from the lack of a right to look, or judged by declared signers alone. */
const neverFailing = [
  'anonymous-push-off',
  'directory-verified',
  'legacy-storage-private',
  'project-creation-limited',
  'recent-images-verified',
  'replicas-hardened',
  'replication-targets-trusted',
  'retention-spares-production',
  'scan-exceptions-expire',
  'self-registration-off',
  'signature-required',
  'tls-only',
  'tokens-in-use',
  'upstreams-approved',
  'version-supported',
];
