import { beforeAll, describe, expect, it } from 'vitest';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';
import type { Scan } from '../support/scan-provider.ts';

/** What is right to say of each repository of the estate `traps`, which another auditor gets wrong. */
const right = {
  'lock-mutable-with-exclusion': { 'tags-immutable': 'fail' },
  'lock-excludes-releases': { 'tags-immutable': 'fail' },
  'lock-excludes-everything': { 'tags-immutable': 'fail' },
  'lock-excludes-signatures': { 'tags-immutable': 'pass' },
  'scan-rule-of-its-own': { 'push-scan-on': 'pass' },
  'scan-flag-without-rule': { 'push-scan-on': 'fail' },
  'status-newest-unscanned': { 'recent-images-scanned': 'fail', 'recent-images-clean': 'fail' },
  'status-in-progress': { 'recent-images-scanned': 'unknown', 'recent-images-clean': 'unknown' },
  'status-unsupported': { 'recent-images-scanned': 'unknown', 'recent-images-clean': 'unknown' },
  'status-expired': { 'recent-images-scanned': 'unknown', 'recent-images-clean': 'unknown' },
  'status-index': { 'recent-images-scanned': 'unknown', 'recent-images-clean': 'unknown' },
  'policy-everybody': {
    'anonymous-pull-off': 'fail',
    'cross-account-limited': 'fail',
    'push-limited-to-ci': 'fail',
  },
  'policy-not-principal': { 'anonymous-pull-off': 'fail', 'cross-account-limited': 'fail' },
  'policy-not-action-first': { 'anonymous-pull-off': 'fail', 'cross-account-limited': 'fail' },
  'policy-empty-condition': { 'anonymous-pull-off': 'fail', 'cross-account-limited': 'fail' },
  'policy-for-all-values': { 'anonymous-pull-off': 'fail', 'cross-account-limited': 'fail' },
  'policy-if-exists': { 'anonymous-pull-off': 'fail', 'cross-account-limited': 'fail' },
  'policy-own-organisation': { 'anonymous-pull-off': 'pass', 'cross-account-limited': 'pass' },
  'policy-own-organisation-path': { 'anonymous-pull-off': 'pass', 'cross-account-limited': 'pass' },
  'policy-perimeter': { 'anonymous-pull-off': 'pass', 'cross-account-limited': 'pass' },
  'policy-only-deny': { 'anonymous-pull-off': 'pass', 'cross-account-limited': 'pass' },
  'policy-foreign-push': {
    'anonymous-pull-off': 'pass',
    'cross-account-limited': 'fail',
    'push-limited-to-ci': 'fail',
  },
  'policy-unreadable': { 'anonymous-pull-off': 'unknown', 'cross-account-limited': 'unknown' },
  'policy-denied': { 'anonymous-pull-off': 'unknown', 'push-limited-to-ci': 'unknown' },
  'policy-absent': { 'anonymous-pull-off': 'pass', 'cross-account-limited': 'pass' },
  'lifecycle-never-matches': { 'retention-configured': 'fail' },
  'lifecycle-only-archives': { 'retention-configured': 'fail' },
  'key-of-aws': { 'encrypted-with-own-key': 'fail' },
  'key-disabled': { 'encrypted-with-own-key': 'fail' },
  'key-dual-layer': { 'encrypted-with-own-key': 'pass' },
  'key-unreadable': { 'encrypted-with-own-key': 'unknown' },
} as const;

describe('settings that other auditors misread', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanEstate(await scenario('traps'), {
      address: '123456789012/eu-west-1',
    });
  });

  it('the estate has no others', async () => {
    const { regions } = await scenario('traps');
    expect(Object.keys(regions['eu-west-1']?.repositories ?? {})).toEqual(Object.keys(right));
  });

  it.each(Object.entries(right))('%s: %j', (repository, verdicts) => {
    const given = scan.findings
      .filter((finding) => finding.repository === repository && finding.check in verdicts)
      .map(({ check, verdict }) => [check, verdict]);
    expect(Object.fromEntries(given)).toEqual(verdicts);
  });
});
