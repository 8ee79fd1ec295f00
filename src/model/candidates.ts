import { list, record, type Static, Type, text, texts, word } from './shape.ts';

/** Maximum bytes of signed content in a snapshot per candidate: signatures have up to 12 KB. */
export const largestCandidate = 256 * 1024;

/** Maximum bytes of signed content in a snapshot per repository. */
export const largestCandidates = 1024 * 1024;

/** Maximum number of candidates that are read per image. */
export const mostCandidates = 50;

/** What was asked about the revocation of a candidate's certificates: content in base64, or why there is none. */
export const revocationAnswer = record({
  kind: word(['crl', 'aws-signer']),
  url: text,
  content: Type.Optional(text),
  failure: Type.Optional(text),
});
export type RevocationAnswer = Static<typeof revocationAnswer>;

/** A possible signature of an image, as stored with the image. */
export const candidate = record({
  form: word([
    'simple-signing',
    'sigstore-bundle',
    'dsse',
    'notation-jws',
    'notation-cose',
    'binary-authorization',
  ]),
  digest: Type.String({ description: 'of the content' }),
  content: Type.String({ description: 'what was signed, or the envelope around it, in base64' }),
  annotations: Type.Record(Type.String(), Type.String(), {
    description:
      'of its layer: older cosign versions store signature, certificate and log entry there',
  }),
  revocation: Type.Optional(list(revocationAnswer)),
});
export type Candidate = Static<typeof candidate>;

export const recentCandidates = list(
  record({
    image: Type.String({ description: 'a tag and the digest it names' }),
    digest: text,
    candidates: list(candidate),
    unread: texts,
    unreadStatements: Type.Optional(texts),
    alsoIn: Type.Optional(texts),
  }),
  'possible signatures of the newest (production) images; `unread`: possible signatures that were not read; `unreadStatements`: statements that were not read and are no plain signatures; `alsoIn`: other repositories that were searched',
);
export type ImageCandidates = Static<typeof recentCandidates>[number];
