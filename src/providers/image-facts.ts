import type { Fact } from '../model/fact.ts';
import type { RepositoryFacts } from '../model/repository.ts';
import { eachEntry } from './parts.ts';

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
      eachEntry(await attachedTo('signature'), ({ image, found }) => [
        { image, signedBy: [...found] },
      ]),
    recentAttestations: async (): Promise<RepositoryFacts['recentAttestations']> =>
      eachEntry(await attachedTo('attestation'), ({ image, found }) => [
        { image, attestedBy: [...found] },
      ]),
  };
}
