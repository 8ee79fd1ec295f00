import { objectOf, stringsAt } from '../../../decode/fields.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { Candidate, RevocationAnswer } from '../../../model/candidates.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { type Attachments, attachmentsOf, possibleSignatures } from '../../../oci/attachments.ts';
import type { Descriptor } from '../../../oci/manifests.ts';
import { revocationQuestion } from '../../../signing/aws-question.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, type Learnt } from '../../facts.ts';
import { boundedCandidates, type ImageCandidates } from '../../image-facts.ts';
import { gapOf } from '../../parts.ts';
import { type ImageRow, nameOf } from '../decode/images.ts';
import { operations } from '../operations.ts';
import { regionPattern } from '../options.ts';
import { type ContentSources, contentOf } from '../wire/content.ts';

export interface CandidateSources extends ContentSources {
  readonly partition: string;
  readonly images: ScanContext['images'];
  /** Whether the repository belongs to a pull-through cache. */
  readonly isCache: () => Promise<Fact<boolean>>;
}

/** Possible signatures of the judged images. In: all rows of the repository, and which of them are judged. */
export async function recentCandidates(
  sources: CandidateSources,
  rows: Learnt<readonly ImageRow[]>,
  judged: (rows: readonly ImageRow[]) => readonly ImageRow[],
): Promise<RepositoryFacts['recentCandidates']> {
  const images = join([rows], judged);
  if (images.state !== 'known' || images.value.length === 0) return join([images], () => []);
  if (!sources.images.mayPull)
    return join([images], (all) => boundedCandidates(all.map(nothingOf), false));
  const readable = join([rows, await sources.isCache()], (all, isCache) => {
    if (!isCache) return all;
    throw new Inconclusive('reading images of a pull-through cache imports what it lacks');
  });
  if (readable.state !== 'known') return gapOf(readable);
  const found = await Promise.all(images.value.map((row) => hanging(sources, row, readable.value)));
  return join(found, (...each) => boundedCandidates(each, true));
}

function nothingOf(row: ImageRow): ImageCandidates {
  return { image: nameOf(row), digest: row.digest, candidates: [], unread: [] };
}

/** What hangs on an image, with what AWS says of the revocation of its own signatures. */
async function hanging(
  sources: CandidateSources,
  row: ImageRow,
  rows: readonly ImageRow[],
): Promise<Learnt<ImageCandidates>> {
  const learnt = await ask(
    'BatchGetImage',
    operations.BatchGetImage,
    httpErrors,
    () => attachments(sources, row, rows),
    (raw) => raw as Attachments,
  );
  if (learnt.state !== 'known') return learnt;
  const possible = possibleSignatures(learnt.value);
  const candidates = await Promise.all(possible.candidates.map((one) => asked(sources, one)));
  return join([learnt], () => ({ ...nothingOf(row), ...possible, candidates }));
}

function attachments(
  sources: CandidateSources,
  { digest }: ImageRow,
  rows: readonly ImageRow[],
): Promise<Attachments> {
  return attachmentsOf(
    {
      client: contentOf(sources),
      operations: {
        referrers: 'DescribeImages',
        tag: 'DescribeImages',
        manifest: 'BatchGetImage',
        blob: 'GetDownloadUrlForLayer',
      },
      referrers: (of) => rows.filter(({ subject }) => subject === of).map(descriptor),
      mayGetManifest: true,
      tags: new Map(rows.flatMap((row) => row.tags.map((tag) => [tag, row.digest] as const))),
    },
    sources.repository,
    // An index itself is not read, for that would be a pull of the image; its members are not signed.
    { digest, mayBeIndex: false },
  );
}

function descriptor({ digest, mediaType, artifactType }: ImageRow): Descriptor {
  return { digest, mediaType, artifactType, annotations: {} };
}

const regionForm = new RegExp(regionPattern);

/** A signature of AWS Signer with what AWS knows of its revocation; any other as it is. */
async function asked(sources: CandidateSources, candidate: Candidate): Promise<Candidate> {
  const question = revocationQuestion(candidate);
  if (question === null) return candidate;
  const { profileVersionArn: url } = question;
  const [, partition, service, region = ''] = url.split(':');
  const answer = { kind: 'aws-signer', url } as const;
  const revocation = (more: Pick<RevocationAnswer, 'content' | 'failure'>) => ({
    ...candidate,
    revocation: [{ ...answer, ...more }],
  });
  // The name comes from whoever filed the signature, and credentials go where it leads.
  if (partition !== sources.partition || service !== 'signer' || !regionForm.test(region))
    return revocation({ failure: `${url.slice(0, 120)} is no profile of this partition of AWS` });
  const revoked = await sources.api.one('GetRevocationStatus', region, question, (raw) =>
    stringsAt(objectOf(raw, 'the answer'), 'revokedEntities'),
  );
  if (revoked.state === 'known')
    return revocation({ content: Buffer.from(JSON.stringify(revoked.value)).toString('base64') });
  const { detail = '', permission } = revoked.from;
  const grant = revoked.why === 'denied' ? `, grant ${permission}` : '';
  return revocation({ failure: `${detail}${grant}` });
}
