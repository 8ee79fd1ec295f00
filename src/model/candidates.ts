import { list, record, type Static, Type, text, texts, word } from './shape.ts';

/** Largest signed content that a snapshot keeps of one candidate, in bytes: signatures have up to 12 KB. */
export const largestCandidate = 256 * 1024;

/** Most bytes of signed content that a snapshot keeps of one repository. */
export const largestCandidates = 1024 * 1024;

/** Bytes that may be a signature of an image, as they are stored beside it. */
export const candidate = record({
  form: word(['simple-signing', 'sigstore-bundle', 'dsse', 'notation-jws', 'notation-cose']),
  digest: Type.String({ description: 'of the content' }),
  content: Type.String({ description: 'what was signed, or the envelope around it, in base64' }),
  annotations: Type.Record(Type.String(), Type.String(), {
    description: 'of its layer: the older cosign keeps signature, certificate and log entry there',
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
  'what may be signatures of the newest (production) images; `unread`: what hangs on one besides and was not read',
);
