import { beforeAll, describe, expect, it } from 'vitest';
import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';
import type { Scan } from '../support/scan-provider.ts';

/** What is right to say of each repository of the estate `traps`. */
const right = {
  'attested-only': { 'recent-images-signed': 'fail', 'recent-images-attested': 'unknown' },
  'bundle-without-predicate': {
    'recent-images-signed': 'unknown',
    'recent-images-attested': 'unknown',
  },
  'disabled-with-rules': { 'tags-immutable': 'fail' },
  'enabled-without-rules': { 'tags-immutable': 'pass' },
  'every-tag-by-rule': { 'tags-immutable': 'pass' },
  'ended-token': { 'delete-limited': 'unknown' },
  'guest-without-team': { 'cross-account-limited': 'unknown' },
  'releases-by-rule': { 'tags-immutable': 'fail' },
  'scan-without-report': { 'recent-images-scanned': 'fail', 'recent-images-clean': 'fail' },
  'scout-off': { 'push-scan-on': 'unknown', 'rescan-on': 'fail' },
  'semver-by-rule': { 'tags-immutable': 'fail' },
  'unlisted-index': {
    'recent-images-attested': 'unknown',
    'recent-images-scanned': 'unknown',
    'recent-images-signed': 'fail',
  },
  'unreadable-rule': { 'tags-immutable': 'unknown' },
} as const;

describe('what of Docker Hub is easily misread', () => {
  let scan: Scan;
  let locked: Scan;
  beforeAll(async () => {
    const estate = await hubScenario('traps');
    scan = await scanHub(estate);
    locked = await scanHub(estate, { expected: { productionTags: ['v*'] } });
  });
  const given = ({ findings }: Scan, repository: string, wanted: object) =>
    Object.fromEntries(
      findings
        .filter((finding) => finding.repository === repository && finding.check in wanted)
        .map(({ check, verdict }) => [check, verdict]),
    );

  it('the estate has no others', async () => {
    const { repositories } = await hubScenario('traps');
    expect(Object.keys(repositories).sort()).toEqual(Object.keys(right).sort());
  });

  it.each(Object.entries(right))('%s: %j', (repository, verdicts) => {
    expect(given(scan, repository, verdicts)).toEqual(verdicts);
  });

  it('a rule for releases is enough where production deploys releases alone', () => {
    const verdict = { 'tags-immutable': 'pass' };
    expect(given(locked, 'releases-by-rule', verdict)).toEqual(verdict);
  });

  it('tokens that ended or were switched off are nobody who can push', () => {
    const pushing = scan.findings.find(
      ({ repository, check }) => repository === 'ended-token' && check === 'push-limited-to-ci',
    );
    expect(pushing?.message).not.toMatch(/ended|switched off/);
  });
});
