import type { EstateImage, EstateRepository } from '../../../src/demo/aws/estate.ts';
import { digestOf } from '../../../src/demo/aws/services/ecr-images.ts';
import { filed, type TextCandidate } from '../signing/filed.ts';

const kinds = {
  'simple-signing': 'cosign-signature',
  'sigstore-bundle': 'sigstore-bundle',
  'notation-jws': 'notation-signature',
} as const;

/** A repository with one image of this name, and these signatures beside it as ECR stores them. */
export function withSignatures(
  name: string,
  candidates: readonly TextCandidate[],
): EstateRepository {
  const image: EstateImage = { name, tags: ['1.0'], pushedAt: '2026-10-28T10:15:00Z' };
  const all = candidates.map((one) => ({ kind: kinds[one.form], ...filed(one, digestOf(name)) }));
  const beside = all.map(({ kind, manifest }, at): EstateImage => {
    const { pushedAt } = image;
    return { name: `${name} signature ${at}`, kind, of: name, pushedAt, manifest };
  });
  return { images: [image, ...beside], layers: all.map(({ layer }) => layer) };
}
