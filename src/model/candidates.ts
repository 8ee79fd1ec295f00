import { list, record, type Static, Type, text, texts, word } from './shape.ts';

/** Maximum bytes of signed content in a snapshot per candidate: signatures have up to 12 KB. */
export const largestCandidate = 256 * 1024;

/** Maximum bytes of signed content in a snapshot per repository. */
export const largestCandidates = 1024 * 1024;

/** A possible signature of an image, as stored with the image. */
export const candidate = record({
  form: word(['simple-signing', 'sigstore-bundle', 'dsse', 'notation-jws', 'notation-cose']),
  digest: Type.String({ description: 'of the content' }),
  content: Type.String({ description: 'what was signed, or the envelope around it, in base64' }),
  annotations: Type.Record(Type.String(), Type.String(), {
    description:
      'of its layer: older cosign versions store signature, certificate and log entry there',
  }),
});
export type Candidate = Static<typeof candidate>;

export const recentCandidates = list(
  record({
    image: Type.String({ description: 'a tag and the digest it names' }),
    digest: text,
    candidates: list(candidate),
    unread: texts,
  }),
  'possible signatures of the newest (production) images; `unread`: further attachments that were not read',
);
