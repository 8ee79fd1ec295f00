import { beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from '../support/aws/scenario.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';
import type { Scan } from '../support/scan-provider.ts';

/*
 * Inputs that fool other auditors of ECR, by the numbers under which they were collected, each with the
 * verdict that is right. Rows about documents that are not live settings (T29) and about what the policy
 * evaluator alone decides stand with their nearest live form; test/aws-policy/peers.test.ts has more.
 */
type Row = readonly [id: string, what: string, repository: string, check: string, verdict: string];

const traps: readonly Row[] = [
  ['T01', 'mutable with exclusions', 'lock-mutable-with-exclusion', 'tags-immutable', 'fail'],
  ['T02', 'immutable, but for every tag', 'lock-excludes-everything', 'tags-immutable', 'fail'],
  ['T02', 'immutable, but for releases', 'lock-excludes-releases', 'tags-immutable', 'fail'],
  ['T03', 'immutable, but for signatures', 'lock-excludes-signatures', 'tags-immutable', 'pass'],
  [
    'T04',
    'mutable with exclusions, again',
    'lock-mutable-with-exclusion',
    'tags-immutable',
    'fail',
  ],
  ['T05', 'a manual rule for every name', 'policy-absent', 'push-scan-on', 'fail'],
  ['T06', 'a rule that covers this name only', 'scan-rule-of-its-own', 'push-scan-on', 'pass'],
  ['T07', 'own flag off, registry rule on', 'scan-rule-of-its-own', 'push-scan-on', 'pass'],
  ['T08', 'own flag on, no registry rule', 'scan-flag-without-rule', 'push-scan-on', 'fail'],
  [
    'T10',
    'findings are read whatever the flag',
    'status-newest-unscanned',
    'recent-images-clean',
    'fail',
  ],
  [
    'T11',
    'the newest image was never scanned',
    'status-newest-unscanned',
    'recent-images-scanned',
    'fail',
  ],
  ['T12', 'a scan in progress', 'status-in-progress', 'recent-images-scanned', 'unknown'],
  [
    'T12',
    'an image that cannot be scanned',
    'status-unsupported',
    'recent-images-clean',
    'unknown',
  ],
  ['T12', 'a scan that has expired', 'status-expired', 'recent-images-scanned', 'unknown'],
  ['T14', 'a policy that may not be read', 'policy-denied', 'anonymous-pull-off', 'unknown'],
  ['T15', 'everybody but one', 'policy-not-principal', 'anonymous-pull-off', 'fail'],
  ['T16', 'conditions every request meets', 'policy-empty-condition', 'anonymous-pull-off', 'fail'],
  [
    'T17',
    'a path of the own organisation',
    'policy-own-organisation-path',
    'anonymous-pull-off',
    'pass',
  ],
  ['T18', 'open, with a perimeter of Deny', 'policy-perimeter', 'anonymous-pull-off', 'pass'],
  ['T20', 'a foreign account may push', 'policy-foreign-push', 'cross-account-limited', 'fail'],
  ['T20', 'a foreign account may push', 'policy-foreign-push', 'push-limited-to-ci', 'fail'],
  [
    'T21',
    'NotAction first, the opening second',
    'policy-not-action-first',
    'anonymous-pull-off',
    'fail',
  ],
  ['T22', 'text that is no policy', 'policy-unreadable', 'anonymous-pull-off', 'unknown'],
  ['T24', 'a condition key in odd case', 'policy-own-organisation', 'anonymous-pull-off', 'pass'],
  ['T25', 'the own organisation', 'policy-own-organisation', 'cross-account-limited', 'pass'],
  ['T26', 'a Deny to everybody', 'policy-only-deny', 'anonymous-pull-off', 'pass'],
  ['T27', 'ForAllValues on a single value', 'policy-for-all-values', 'anonymous-pull-off', 'fail'],
  ['T27', 'IfExists', 'policy-if-exists', 'anonymous-pull-off', 'fail'],
  [
    'T29',
    'a policy nobody can read is shown',
    'policy-unreadable',
    'cross-account-limited',
    'unknown',
  ],
  ['T30', 'Action *', 'policy-everybody', 'anonymous-pull-off', 'fail'],
  ['T31', 'the long form of everybody', 'policy-everybody', 'cross-account-limited', 'fail'],
  ['T32', 'no policy is private', 'policy-absent', 'anonymous-pull-off', 'pass'],
  ['T33', 'a rule that never removes', 'lifecycle-never-matches', 'retention-configured', 'fail'],
  ['T33', 'rules that only archive', 'lifecycle-only-archives', 'retention-configured', 'fail'],
  ['T36', 'the type decides where no key is', 'policy-absent', 'encrypted-with-own-key', 'fail'],
  ['T36', 'a key that may not be read', 'key-unreadable', 'encrypted-with-own-key', 'unknown'],
  ['T37', 'KMS with the key of AWS', 'key-of-aws', 'encrypted-with-own-key', 'fail'],
  [
    'T37',
    'the dual layer kind with an own key',
    'key-dual-layer',
    'encrypted-with-own-key',
    'pass',
  ],
];

const found = new Map<Scenario, Scan>();
beforeAll(async () => {
  for (const name of ['traps', 'all-good', 'all-bad', 'empty'] as const) {
    found.set(name, await scanEstate(await scenario(name), { address: '123456789012/eu-west-1' }));
  }
}, 60_000);

function verdictOf(name: Scenario, check: string, repository: string | null): string | undefined {
  const of = found
    .get(name)
    ?.findings.filter((finding) => finding.check === check && finding.repository === repository);
  return of?.map(({ verdict }) => verdict).join();
}

describe('inputs that fool others', () => {
  test.each(traps)('%s: %s (%s, %s) is %s', (_id, _what, repository, check, verdict) => {
    expect(verdictOf('traps', check, repository)).toBe(verdict);
  });

  test('T13: critical findings fail whatever else is asked for', () => {
    expect(verdictOf('all-bad', 'recent-images-clean', 'copied/api')).toBe('fail');
  });

  test('T34: a scanning configuration that is denied is unknown, not "none"', async () => {
    const estate = await scenario('all-good');
    const faults = [{ kind: 'denied', operation: 'ecr:GetRegistryScanningConfiguration' } as const];
    const { findings } = await scanEstate(
      { ...estate, faults },
      { address: '123456789012/eu-west-1' },
    );
    expect(findings.find(({ check }) => check === 'push-scan-on')?.verdict).toBe('unknown');
  });

  test('T35: a list denied in one region is unknown there, and the other region is judged', async () => {
    const estate = await scenario('demo');
    const faults = [
      { kind: 'denied', operation: 'ecr:DescribeRepositories', region: 'us-east-1' } as const,
    ];
    const { findings } = await scanEstate({ ...estate, faults }, { options: { regions: 'all' } });
    const verdicts = (region: string) =>
      new Set(
        findings
          .filter(({ check, registry }) => check === 'tags-immutable' && registry.endsWith(region))
          .map(({ verdict }) => verdict),
      );
    expect(verdicts('us-east-1')).toEqual(new Set(['unknown']));
    expect(verdicts('eu-west-1')).toEqual(new Set(['pass', 'fail']));
  });

  test('T38: an account without repositories is not applicable once a check, and no pass', () => {
    const repositoryChecks = found
      .get('empty')
      ?.findings.filter(({ check }) => check === 'tags-immutable');
    expect(repositoryChecks?.map(({ verdict, repository }) => [verdict, repository])).toEqual([
      ['not-applicable', null],
    ]);
  });
});

describe('cost', () => {
  const imageOperations = ['ecr:DescribeImages', 'ecr:DescribeImageScanFindings'];

  test('a scan makes at most 25 + ceil(R/1000) + ceil(R/25) + 2R calls without image checks', () => {
    for (const name of ['all-good', 'traps', 'all-bad'] as const) {
      const scan = found.get(name);
      const repositories =
        scan?.summary.registries.reduce((sum, { judged }) => sum + judged, 0) ?? 0;
      const calls = [...(scan?.calls ?? [])].filter(
        ([operation]) => !imageOperations.includes(operation),
      );
      const made = calls.reduce((sum, [, count]) => sum + count, 0);
      const keys = scan?.calls.get('kms:DescribeKey') ?? 0;
      const allowed =
        25 + Math.ceil(repositories / 1000) + Math.ceil(repositories / 25) + 2 * repositories;
      expect(repositories).toBeGreaterThan(0);
      expect(made - keys).toBeLessThanOrEqual(allowed);
    }
  });
});
