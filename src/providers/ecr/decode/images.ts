import {
  DecodeError,
  enumAt,
  instantAt,
  type JsonObject,
  maybeObject,
  maybeString,
  maybeStrings,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { isImageConfig, isOtherArtifact } from '../../../oci/artifact-kinds.ts';
import { isFallbackTag, tagsOf } from '../../../oci/fallback-tags.ts';
import { isIndexMediaType, kindOfArtifact } from '../../../oci/kinds.ts';
import { checkedDigest } from '../../../oci/names.ts';
import {
  type ImageRows,
  isOwnImage,
  newestImages,
  shortDigest,
} from '../../../oci/newest-images.ts';
import { Inconclusive, Pending } from '../../facts.ts';

/** One row of DescribeImages: an image, an index, a referrer, or a child of an index. */
export interface ImageRow {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: string;
  /** Null in rows older than the field. */
  readonly mediaType: string | null;
  readonly artifactType: string | null;
  /** The digest this row refers to; null: it is no referrer. */
  readonly subject: string | null;
}

export function imageRow(raw: unknown): ImageRow {
  const row = objectOf(raw, 'an image');
  const subject = maybeString(row, 'subjectManifestDigest');
  return {
    digest: checkedDigest(stringAt(row, 'imageDigest')),
    tags: maybeStrings(row, 'imageTags'),
    pushedAt: instantAt(row, 'imagePushedAt'),
    mediaType: maybeString(row, 'imageManifestMediaType'),
    artifactType: maybeString(row, 'artifactMediaType'),
    subject: subject === null ? null : checkedDigest(subject),
  };
}

/** What can be run is an image, though it names a subject: such a name would hide it from every check. */
function isImage(row: ImageRow): boolean {
  const { subject, tags, artifactType } = row;
  const runnable = artifactType === null ? isIndex(row) : isImageConfig(artifactType);
  const isReferrer = subject !== null && !(runnable && tags.length > 0);
  return !isReferrer && isOwnImage(row) && !isOtherArtifact(artifactType);
}

/**
 * The images a repository is judged by. Referrers and their fallback tags are no images of their own;
 * charts and build caches are no images at all.
 */
export function chosen(
  rows: readonly ImageRow[],
  newest: number,
  tags: readonly string[],
): readonly ImageRow[] {
  return newestImages(rows.filter(isImage), { newest, tags }, imageRows).images;
}

const imageRows: ImageRows<ImageRow> = {
  tagsOf: ({ tags }) => tags,
  newestFirst: (a, b) => b.pushedAt.localeCompare(a.pushedAt) || a.digest.localeCompare(b.digest),
  imageOf: ({ digest }) => digest,
};

export function newestFirst(rows: readonly ImageRow[]): readonly ImageRow[] {
  return rows.toSorted(imageRows.newestFirst);
}

/** How an image is named in findings: its first tag, and as much of its digest as people compare. */
export function nameOf({ tags, digest }: ImageRow): string {
  const tag = tags.find((candidate) => !isFallbackTag(candidate));
  return tag === undefined ? digest : `${tag} (${shortDigest(digest)})`;
}

type Kind = 'signature' | 'attestation';

function typeOf({ artifactType, mediaType }: ImageRow): string {
  if (artifactType !== null) return artifactType;
  return mediaType === null ? 'of no stated type' : mediaType;
}

/**
 * What hangs on a digest, by kind: the artifact types of its referrers. A tag of cosign is none: anybody who
 * may push can give an image such a name.
 */
export function attached(rows: readonly ImageRow[], digest: string, kind: Kind): string[] {
  const types = rows.filter(({ subject }) => subject === digest).map(typeOf);
  return [...new Set(types.filter((type) => kindOfArtifact(type) === kind))].sort();
}

/**
 * What may be of a kind and cannot be told; a verdict of "none" would rest on a guess. The listing has no
 * annotations, so a sigstore bundle is one of them: reading its manifest would count as a pull.
 */
export function ambiguous(
  rows: readonly ImageRow[],
  image: Pick<ImageRow, 'digest' | 'mediaType'>,
  kind: Kind,
): string[] {
  const { digest } = image;
  const { index, cosign } = tagsOf(digest);
  const inDoubt: readonly string[] = [`maybe-${kind}`, 'unclear'];
  const unclear = rows
    .filter((row) => row.subject === digest && inDoubt.includes(kindOfArtifact(typeOf(row))))
    .map(typeOf);
  // The image itself may carry any tag.
  const tagged = (tag: string) =>
    rows.some((row) => row.digest !== digest && row.tags.includes(tag));
  const hidden = kind === 'attestation' && isIndex(image);
  return [
    ...unclear,
    ...(tagged(index) ? ['an OCI referrers fallback tag'] : []),
    ...cosign
      .filter(({ mayBe, tag }) => inDoubt.includes(mayBe) && tagged(tag))
      .map(({ says }) => says),
    // BuildKit keeps attestations as members of the index, which the listing does not show.
    ...(hidden ? ['an image index'] : []),
  ];
}

export function isIndex({ mediaType }: Pick<ImageRow, 'mediaType'>): boolean {
  return mediaType !== null && isIndexMediaType(mediaType);
}

export type ScanResult =
  | { mode: 'finished'; critical: number; high: number; at?: string }
  | { mode: 'missing' };

/**
 * DescribeImageScanFindings. Null: never scanned. COMPLETE (basic) and ACTIVE (enhanced) are results;
 * every other status is the vendor saying that it does not know. A severity without a key is zero.
 */
export function scanResult(raw: unknown): ScanResult {
  if (raw === null) return { mode: 'missing' };
  const answer = objectOf(raw, 'the answer');
  const status = enumAt(objectAt(answer, 'imageScanStatus'), 'status', [
    'COMPLETE',
    'ACTIVE',
    'IN_PROGRESS',
    'PENDING',
    'FAILED',
    'UNSUPPORTED_IMAGE',
    'SCAN_ELIGIBILITY_EXPIRED',
    'FINDINGS_UNAVAILABLE',
    'LIMIT_EXCEEDED',
    'IMAGE_ARCHIVED',
  ]);
  if (status === 'IN_PROGRESS' || status === 'PENDING') throw new Pending(`the scan is ${status}`);
  if (status !== 'COMPLETE' && status !== 'ACTIVE') throw new Inconclusive(`the scan is ${status}`);
  const findings = maybeObject(answer, 'imageScanFindings');
  const counts = findings === null ? null : maybeObject(findings, 'findingSeverityCounts');
  if (findings === null || counts === null)
    throw new Inconclusive(`ECR calls the scan ${status} and gives no counts of findings`);
  const strange = Object.keys(counts).find((severity) => !severities.includes(severity));
  if (strange !== undefined)
    throw new Inconclusive(
      `the findings have the severity ${strange.slice(0, 40)}, which is not known`,
    );
  const result = {
    mode: 'finished',
    critical: severityCount(counts, 'CRITICAL'),
    high: severityCount(counts, 'HIGH'),
  } as const;
  // Inspector watches an image whose scan is active, and scans it again as vulnerabilities come out.
  return status === 'ACTIVE'
    ? result
    : { ...result, at: instantAt(findings, 'imageScanCompletedAt') };
}

/** Those of ECR, and what Inspector calls a finding that it has not rated yet. */
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED', 'UNTRIAGED'];

function severityCount(counts: JsonObject, severity: string): number {
  if (counts[severity] === undefined) return 0;
  const count = numberAt(counts, severity);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new DecodeError(`the count of ${severity} is ${count}`);
}
