import type { OciEstate } from '../../src/demo/oci/estate.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/oci/index.ts';
import type { OperationName } from '../../src/providers/oci/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { ociScenario, scanOci } from '../support/oci/scan-oci.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there, for each operation whose answer has such. */
const fields: FieldTable<OperationName> = {
  listRepositories: [['repositories'], ['repositories', null], ['repositories', ['Not a name']]],
  listTags: [['name'], ['name', 'team/other'], ['tags'], ['tags', '1.0.0'], ['tags', [7]]],
  anonymousCatalog: [['repositories'], ['repositories', {}], ['repositories', ['']]],
};

/** Without authentication; with tokens for everybody, so that each answer to a stranger decides; with passwords. */
async function scenes(): Promise<readonly OciEstate[]> {
  const good = await ociScenario('all-good');
  return [
    { ...good, authentication: 'none' },
    { ...good, tokens: 'for-anybody' },
    { ...good, authentication: 'basic' },
  ];
}

/** The ways to spoil a body, where the response is decided by something else. */
const bodiless = (why: string) => ({
  'empty-body': why,
  'malformed-body': why,
  'empty-object': why,
  'error-object': why,
  'damaged-keys': why,
});
const head = { 'cut-off': 'a HEAD has no body', ...bodiless('a HEAD has no body') };
const methods = { 'cut-off': 'it has no body', ...bodiless('the methods are in a header') };
const routers = 'a route that there is not is answered with plain text';
const byStatus = bodiless('status and headers are the answer');

/** Where a tag can be asked for, it does not matter which product answers. */
function concerned(
  name: OperationName,
  findings: readonly FindingWithoutFingerprint[],
): readonly FindingWithoutFingerprint[] {
  if (name !== 'discoverExtensions') return findings;
  const apart = ['anonymous-pull-off', 'cross-account-limited'];
  return findings.filter(({ check }) => !apart.includes(check));
}

lawHolds<OperationName, OciEstate>({
  provider,
  scenes,
  scan: (scene, selected, faults) =>
    scanOci({ ...scene, faults }, { checks: selected, ...spoiled }),
  fields,
  concerned,
  named: ['listTags'],
  exempt: {
    anonymousPull: head,
    anonymousUploadMethods: methods,
    uploadMethods: methods,
    signIn: byStatus,
    ping: byStatus,
    listReferrers: byStatus,
    discoverExtensions: {
      'empty-object': routers,
      'error-object': routers,
      'damaged-keys': routers,
    },
  },
  unreached: {
    probeTls: 'a handshake, which this server does not make; test/live has one',
  },
});
