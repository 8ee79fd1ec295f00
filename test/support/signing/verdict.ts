import { posix } from 'node:path';
import { recentImagesAttested } from '../../../checks/signing/recent-images-attested.ts';
import { recentImagesVerified } from '../../../checks/signing/recent-images-verified.ts';
import { withDerived } from '../../../src/engine/derive.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import type { Candidate, ImageCandidates } from '../../../src/model/candidates.ts';
import { nothingDeclared } from '../../../src/model/expectations.ts';
import type { AnyFact } from '../../../src/model/fact.ts';
import type { BuilderEntry } from '../../../src/model/signer-entry.ts';
import { builtBy, verifiedBy } from '../../../src/signing/derivations.ts';
import type { Signer } from '../../../src/signing/signer.ts';
import { signersOf } from '../../../src/signing/trust/entry.ts';
import type { TrustFiles } from '../../../src/signing/trust/files.ts';

export type Files = Readonly<Record<string, string>>;

/** Files of a declaration that a test makes up. */
export function filesOf(files: Files): TrustFiles {
  const text = async (path: string) => {
    const found = files[path];
    if (found === undefined) throw new Error(`${path} cannot be read: no such file`);
    return found;
  };
  return {
    text,
    document: async (path) => ({ value: JSON.parse(await text(path)), line: () => 1 }),
    async list(folder) {
      const found = Object.keys(files).filter((path) => posix.dirname(path) === folder);
      return found.length === 0 ? null : found.sort();
    },
    beside: (file, path) => posix.join(posix.dirname(file), path),
  };
}

export const now = '2026-02-01T00:00:00Z';

export async function declare(
  entries: readonly BuilderEntry[],
  files: Files = {},
  list: 'signers' | 'builders' = 'signers',
): Promise<readonly Signer[]> {
  const surroundings = { files: filesOf(files), trustedRoot: undefined, now: new Date(now), list };
  const signers = await Promise.all(entries.map((entry) => signersOf(entry, surroundings)));
  return signers.flat();
}

export interface Filed {
  readonly image: string;
  readonly digest: string;
  readonly candidates: readonly Candidate[];
  readonly unread?: readonly string[];
  readonly unreadStatements?: readonly string[];
  readonly alsoIn?: readonly string[];
}

/** `pass`, `fail`, `unknown` or `not-applicable`, and the sentence of the finding. */
export interface Judged {
  readonly word: string;
  readonly says: string;
}

const place = { provider: 'oci', registry: 'oci://registry.example' };

/** What the check of verified images says of images and signers. */
export function judged(
  images: readonly Filed[],
  signers: readonly Signer[],
  { at = now, repository = 'team/app', check = recentImagesVerified, list = 'signers' } = {},
): Judged {
  const value = images.map(
    ({ unread = [], ...image }): ImageCandidates => ({
      ...image,
      candidates: [...image.candidates],
      unread: [...unread],
      unreadStatements: [...(image.unreadStatements ?? [])],
      alsoIn: [...(image.alsoIn ?? [])],
    }),
  );
  const fullName = () => `registry.example/${repository}`;
  const facts: Record<string, AnyFact> = {
    recentCandidates: { state: 'known', value, from: { operation: 'getManifest' } },
  };
  const derivation =
    list === 'signers' ? verifiedBy(signers, fullName) : builtBy(signers, fullName);
  const derived = withDerived(facts, [derivation], { ...place, repository, now: at });
  const expected = { ...nothingDeclared, now: at, repository };
  const verdict = evaluate(list === 'signers' ? check : recentImagesAttested, derived, expected);
  switch (verdict.verdict) {
    case 'pass':
    case 'fail':
      return { word: verdict.verdict, says: verdict.says };
    case 'unknown':
      return { word: 'unknown', says: verdict.blocked.map(({ detail }) => detail).join('; ') };
    case 'not-applicable':
      return { word: verdict.verdict, says: verdict.notes.join('; ') };
  }
}
