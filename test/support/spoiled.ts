import { createPublicKey } from 'node:crypto';
import { demoKey } from '../../src/demo/signers.ts';
import { verifiedBy } from '../../src/signing/derivations.ts';
import type { Signer } from '../../src/signing/signer.ts';
import { buildersUndeclared } from '../../src/signing/undeclared.ts';
import { triedOnce } from './scan-provider.ts';

/** Signs nothing, so that a signature that was read fails its image. */
const stranger: Signer = {
  name: 'release key',
  covers: () => true,
  statements: [],
  builders: [],
  revocation: 'check',
  signaturesIn: [],
  trust: { kind: 'key', keys: [{ key: createPublicKey(demoKey), hash: null }] },
};

/** For scans with faults: no call is tried again, and a signer is declared, so that every check is judged. */
export const spoiled = {
  ...triedOnce,
  derivations: [verifiedBy([stranger], () => null), buildersUndeclared],
};
