import type { Fact } from '../model/fact.ts';
import type { RepositoryFacts } from '../model/repository.ts';
import { Inconclusive, join } from './facts.ts';

/** What hangs on each of the newest images, of one kind: signatures, or provenance and SBOMs. */
export type Attached = Fact<
  readonly { readonly image: string; readonly found: readonly string[] }[]
>;

/** The facts about what hangs on images, from one reader of both kinds. */
export function attachmentCollectors(
  attachedTo: (kind: 'signature' | 'attestation') => Promise<Attached>,
) {
  return {
    recentSignatures: async (): Promise<RepositoryFacts['recentSignatures']> =>
      join([await attachedTo('signature')], (images) =>
        images.map(({ image, found }) => ({ image, signedBy: [...found] })),
      ),
    recentAttestations: async (): Promise<RepositoryFacts['recentAttestations']> =>
      join([await attachedTo('attestation')], (images) =>
        images.map(({ image, found }) => ({ image, attestedBy: [...found] })),
      ),
  };
}

/**
 * What of a kind hangs on an image, of what was found and what may be one besides. `mayPull`: whether its
 * content was allowed to be read although that counts as a pull. Throws `Inconclusive` where "nothing" would
 * be a guess.
 */
export function certainOf(
  image: string,
  kind: 'signature' | 'attestation',
  { found, doubts }: { readonly found: readonly string[]; readonly doubts: readonly string[] },
  mayPull: boolean,
): readonly string[] {
  if (doubts.length === 0) return found;
  const what = kind === 'signature' ? 'a signature' : 'an attestation';
  const cure = mayPull
    ? ''
    : '; reading it counts as a pull, which images.mayPull: true in the configuration allows';
  throw new Inconclusive(`whether ${image} has ${what} is unknown: ${doubts.join(', ')}${cure}`);
}
