import { beforeAll, describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/artifact-registry/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';
import type { Scan } from '../support/scan-provider.ts';

/*
 * Inputs that fool other auditors of Artifact Registry: by the numbers under which they were collected,
 * or S with the number of the trap in the fact sheet, each with the verdict that is right.
 */
type Row = readonly [id: string, what: string, repository: string, check: string, verdict: string];

const traps: readonly Row[] = [
  ['T70', 'metadata API on, scanning API off', 'metadata-only', 'push-scan-on', 'fail'],
  ['T71', 'scanning API on, repository off', 'scan-disabled', 'push-scan-on', 'fail'],
  ['T74', 'the words of the real API', 'scan-inherited', 'push-scan-on', 'pass'],
  ['S1', 'INHERITED, and the API is off', 'scan-inherited-inactive', 'push-scan-on', 'fail'],
  ['S1', 'and so nothing is scanned again', 'scan-inherited-inactive', 'rescan-on', 'fail'],
  ['T75', 'public by its own policy', 'public-own', 'anonymous-pull-off', 'fail'],
  ['T75', 'public by the project’s policy', 'inherited-public', 'anonymous-pull-off', 'fail'],
  ['S2', 'open to every Google account', 'public-google', 'anonymous-pull-off', 'fail'],
  ['S2', 'public through a virtual repository', 'private-served', 'anonymous-pull-off', 'fail'],
  ['T76', 'a foreign domain may push', 'push-foreign-domain', 'push-limited-to-ci', 'fail'],
  ['T76', 'and has access from outside', 'push-foreign-domain', 'cross-account-limited', 'unknown'],
  ['T76', 'an open group may push', 'push-group', 'push-limited-to-ci', 'fail'],
  ['T76', 'a whole pool may push', 'push-whole-pool', 'push-limited-to-ci', 'fail'],
  ['T76', 'one source of the pool may', 'push-one-source', 'push-limited-to-ci', 'pass'],
  ['T76', 'any machine may push', 'push-default-account', 'push-limited-to-ci', 'fail'],
  ['T76', 'no real service agent', 'push-false-agent', 'push-limited-to-ci', 'fail'],
  ['T76', 'a custom role for a person', 'push-custom-role', 'push-limited-to-ci', 'fail'],
  ['T76', 'a role that cannot be read', 'push-unknown-role', 'push-limited-to-ci', 'unknown'],
  ['T76', 'a deleted person', 'push-deleted', 'push-limited-to-ci', 'pass'],
  ['S10', 'a grant that is over', 'push-expired', 'push-limited-to-ci', 'pass'],
  ['S10', 'a condition that may hold', 'push-conditional', 'push-limited-to-ci', 'fail'],
  ['T79', 'cleanup that is tried out', 'cleanup-dry-run', 'retention-configured', 'fail'],
  ['T79', 'immutableTags is not set', 'tags-unset', 'tags-immutable', 'fail'],
  ['T79', 'immutableTags is false', 'tags-off', 'tags-immutable', 'fail'],
  ['T79', 'tags of a cache', 'remote-anonymous', 'tags-immutable', 'pass'],
  ['S3', 'policies that only keep', 'cleanup-keep-only', 'retention-configured', 'fail'],
  ['S3', 'a KEEP of everything', 'cleanup-keep-all', 'retention-configured', 'fail'],
  ['S3', 'a KEEP of what has no tag', 'cleanup-keep-untagged', 'untagged-expire', 'fail'],
  ['S3', 'a KEEP that begins late', 'cleanup-keep-late', 'retention-configured', 'unknown'],
  ['S4', 'the API is off', 'public-own', 'signature-required', 'fail'],
  ['S4', 'an exemption of all images', 'inherited-public', 'signature-required', 'fail'],
  ['S4', 'a cluster that does not heed', 'cluster-off', 'signature-required', 'fail'],
  ['S4', 'nothing here starts images', 'nothing-starts', 'signature-required', 'unknown'],
  ['S4', 'an exemption by the name at gcr.io', 'us.gcr.io', 'signature-required', 'fail'],
  ['S7', 'a scan in progress', 'images-pending', 'recent-images-scanned', 'unknown'],
  ['S7', 'an image that cannot be scanned', 'images-unsupported', 'recent-images-clean', 'unknown'],
  ['S7', 'no findings, for nobody looked', 'images-unknown', 'recent-images-clean', 'unknown'],
  ['S7', 'findings that are stale', 'images-stale', 'recent-images-scanned', 'unknown'],
  ['S7', 'one critical finding', 'images-critical', 'recent-images-clean', 'fail'],
  ['S7', 'the row with the sum', 'images-low', 'recent-images-clean', 'pass'],
  ['S8', 'no push to a cache', 'remote-anonymous', 'push-limited-to-ci', 'not-applicable'],
  ['S8', 'no tags in a virtual one', 'public-virtual', 'tags-immutable', 'not-applicable'],
  [
    'S12',
    'a name that cosign gives to signatures',
    'signed-by-tag',
    'recent-images-signed',
    'unknown',
  ],
  ['S12', 'a signature of another image', 'signed-elsewhere', 'recent-images-signed', 'fail'],
  ['S12', 'a bundle that may be anything', 'signed-unclear', 'recent-images-signed', 'unknown'],
  ['S12', 'slashes in the name', 'image-with-slashes', 'recent-images-signed', 'pass'],
];

/** The same of projects as a whole. */
const projects: readonly Row[] = [
  ['S5', 'a bridge and another service', 'trap-one', 'public-endpoint-closed', 'fail'],
  ['S5', 'a perimeter with a hole', 'trap-two', 'public-endpoint-closed', 'fail'],
  ['S5', 'a level that is no address', 'trap-three', 'public-endpoint-closed', 'unknown'],
  ['S6', 'other services and reads are logged', 'trap-one', 'audit-log-on', 'fail'],
  ['S6', 'a public repository is not logged', 'trap-two', 'audit-log-on', 'fail'],
  ['S6', 'a sink for errors', 'trap-one', 'audit-log-exported', 'fail'],
  ['S6', 'a filter that is not understood', 'trap-two', 'audit-log-exported', 'unknown'],
  [
    'S6',
    'a sink into the project itself, by its number',
    'trap-three',
    'audit-log-exported',
    'fail',
  ],
  ['T79', 'all of an upstream is open', 'trap-one', 'upstream-scope-narrow', 'fail'],
];

let found: Scan;
let scene: Estate;
beforeAll(async () => {
  scene = await scenario('traps');
  found = await scanEstate(scene, { options: { organization: scene.organization?.id } });
}, 60_000);

describe('inputs that fool others', () => {
  test.each(traps)('%s: %s (%s, %s) is %s', (_id, _what, repository, check, verdict) => {
    const of = found.findings.filter((one) => one.check === check && one.repository === repository);
    expect(of.map((one) => one.verdict)).toEqual([verdict]);
  });

  test.each(projects)('%s: %s (%s, %s) is %s', (_id, _what, project, check, verdict) => {
    const registry = `artifact-registry://${project}/europe-west4`;
    const of = found.findings.filter((one) => one.check === check && one.registry === registry);
    expect(of.map((one) => one.verdict)).toEqual([verdict]);
  });

  test('T72: the state of the APIs is denied, which is unknown and not off', async () => {
    const denied: Fault = { kind: 'denied', operation: 'BatchGetServices' };
    const { findings } = await scanEstate({ ...scene, faults: [denied] }, { address: 'trap-one' });
    const of = findings.find(
      (one) => one.check === 'push-scan-on' && one.repository === 'metadata-only',
    );
    expect(of?.verdict).toBe('unknown');
  });

  test('T73: a project without repositories is not applicable, and fails nothing', async () => {
    const { findings } = await scanEstate(await scenario('empty'));
    const verdicts = new Set(findings.map(({ verdict }) => verdict));
    expect(verdicts).toEqual(new Set(['not-applicable']));
    expect(findings.filter((one) => one.check === 'push-scan-on')).toMatchObject([
      { verdict: 'not-applicable', repository: null },
    ]);
  });

  test('T78: no state of any API in the answer is unknown', async () => {
    const missing: Fault = {
      kind: 'missing-field',
      operation: 'BatchGetServices',
      field: 'services',
    };
    const { findings } = await scanEstate({ ...scene, faults: [missing] }, { address: 'trap-one' });
    expect(findings.find((one) => one.check === 'defaults-hardened')?.verdict).toBe('unknown');
  });

  test('T75: what is proved by one policy is a fail, whatever else is denied', async () => {
    const denied: Fault = { kind: 'denied', operation: 'GetProjectIamPolicy' };
    const { findings } = await scanEstate({ ...scene, faults: [denied] }, { address: 'trap-one' });
    const of = (repository: string) =>
      findings.find((one) => one.check === 'anonymous-pull-off' && one.repository === repository);
    expect(of('public-own')?.verdict).toBe('fail');
    expect(of('tags-off')?.verdict).toBe('unknown');
  });
});
