import { createHash } from 'node:crypto';
import { maybeObjects, objectAt, stringAt } from '../../../decode/fields.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { Candidate } from '../../../model/candidates.ts';
import type { Fact } from '../../../model/fact.ts';
import { type Attachments, attachmentsOf, possibleSignatures } from '../../../oci/attachments.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import { ask, join, known, type Learnt } from '../../facts.ts';
import { boundedCandidates, type ImageCandidates } from '../../image-facts.ts';
import { type ImageRow, nameOf } from '../decode/images.ts';
import type { Occurrence } from '../decode/occurrences.ts';
import { operations } from '../operations.ts';

export interface CandidateSources {
  /** The distribution API; null: what hangs on images may not be read. Why: a clause. */
  readonly content: OciRegistry['client'] | { readonly unread: string };
  readonly images: Fact<readonly ImageRow[]>;
  readonly rows: Fact<readonly ImageRow[]>;
  readonly occurrences: Fact<readonly Occurrence[]>;
}

/** Possible signatures of the judged images: attestations of Binary Authorization, and what the registry holds. */
export async function recentCandidates(sources: CandidateSources) {
  const { images, rows } = sources;
  if (images.state !== 'known' || rows.state !== 'known') return join([images, rows], () => []);
  const found = await Promise.all(
    images.value.map(async (row) =>
      join([await beside(sources.content, row, rows.value)], (here) => {
        const noted = attestedOf(row, sources.occurrences);
        return {
          image: nameOf(row),
          digest: row.digest,
          ...here,
          candidates: [...noted.candidates, ...here.candidates],
          unread: [...noted.unread, ...here.unread],
        };
      }),
    ),
  );
  return join(found, (...each: readonly ImageCandidates[]) => boundedCandidates(each, true));
}

/** Signatures that Binary Authorization keeps of an image: no pull is needed to read them. */
function attestedOf(
  { uri }: ImageRow,
  occurrences: Fact<readonly Occurrence[]>,
): Pick<ImageCandidates, 'candidates' | 'unread'> {
  const what = 'attestations of Binary Authorization';
  if (occurrences.state !== 'known') return { candidates: [], unread: [what] };
  const own = occurrences.value.filter(
    ({ kind, resource }) => kind === 'ATTESTATION' && resource === `https://${uri}`,
  );
  const read = own.map((one) => known('ListOccurrences', '', () => signaturesIn(one)));
  const unread = read.some((one) => one.state !== 'known' || one.value.others);
  return {
    candidates: read.flatMap((one) => (one.state === 'known' ? one.value.candidates : [])),
    unread: unread ? [what] : [],
  };
}

/**
 * The signatures of an attestation over its payload (Container Analysis v1, AttestationOccurrence). `others`:
 * whether it has any as JWT, which are not read.
 */
function signaturesIn({ raw }: Occurrence): {
  readonly candidates: readonly Candidate[];
  readonly others: boolean;
} {
  const attestation = objectAt(raw, 'attestation');
  const others = maybeObjects(attestation, 'jwts').length > 0;
  const signatures = maybeObjects(attestation, 'signatures');
  if (signatures.length === 0) return { candidates: [], others };
  const content = stringAt(attestation, 'serializedPayload');
  const digest = createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex');
  const candidates = signatures.map((one) => ({
    form: 'binary-authorization' as const,
    digest: `sha256:${digest}`,
    content,
    annotations: { signature: stringAt(one, 'signature') },
  }));
  return { candidates, others };
}

type Beside = ReturnType<typeof possibleSignatures>;

async function beside(
  content: CandidateSources['content'],
  row: ImageRow,
  rows: readonly ImageRow[],
): Promise<Learnt<Beside>> {
  if ('unread' in content)
    return known('ListDockerImages', '', () => ({
      candidates: [],
      unread: [`what the registry holds beside it: ${content.unread}`],
      unreadStatements: [],
    }));
  return ask(
    'GetManifest',
    operations.GetManifest,
    httpErrors,
    () => attachments(content, row, rows),
    (raw) => possibleSignatures(raw as Attachments),
  );
}

function attachments(
  client: OciRegistry['client'],
  { uri, image, digest }: ImageRow,
  rows: readonly ImageRow[],
): Promise<Attachments> {
  const repository = uri.slice(uri.indexOf('/') + 1, uri.lastIndexOf('@'));
  const tags = rows
    .filter((row) => row.image === image)
    .flatMap((row) => row.tags.map((tag) => [tag, row.digest] as const));
  return attachmentsOf(
    {
      // This registry has the list of referrers, so that its absence means nothing.
      client: {
        send: ({ expected: _, ...request }) =>
          client.send(request.path.includes('/referrers/') ? request : { ...request, ...absent }),
      },
      operations: {
        referrers: 'GetManifest',
        tag: 'GetManifest',
        manifest: 'GetManifest',
        blob: 'GetManifest',
      },
      referrers: 'api',
      mayGetManifest: true,
      tags: new Map(tags),
    },
    repository,
    // To read the index would be a pull of the image; its members are not signed.
    { digest, mayBeIndex: false },
  );
}

const absent = { expected: [404] } as const;
