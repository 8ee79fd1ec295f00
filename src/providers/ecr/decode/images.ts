import {
  type Answer,
  groupsOf,
  instantAt,
  maybeText,
  maybeTexts,
  numberAt,
  objectAt,
  objectOf,
  textAt,
  wordAt,
} from '../../../http/answer.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import { Inconclusive } from '../../provider.ts';

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
  return {
    digest: textAt(row, 'imageDigest'),
    tags: maybeTexts(row, 'imageTags'),
    pushedAt: instantAt(row, 'imagePushedAt'),
    mediaType: maybeText(row, 'imageManifestMediaType'),
    artifactType: maybeText(row, 'artifactMediaType'),
    subject: maybeText(row, 'subjectManifestDigest'),
  };
}

/** A tag of the fallback scheme of cosign up to version 2: `sha256-<hex>`, `.sig`, `.att`, `.sbom`. */
const fallbackTag = /^sha256-([0-9a-f]{64})(\.sig|\.att|\.sbom)?$/;

/**
 * The images a repository is judged by: the newest tagged ones, of those with a wanted tag if any are
 * wanted. Referrers and their fallback tags are no images of their own. Where nothing is tagged, images
 * are deployed by digest, and the newest untagged ones are judged.
 */
export function chosen(
  rows: readonly ImageRow[],
  newest: number,
  tags: readonly string[],
): readonly ImageRow[] {
  const images = rows.filter((row) => row.subject === null).sort(newestFirst);
  const tagged = images.filter((row) => row.tags.some((tag) => !fallbackTag.test(tag)));
  if (tagged.length === 0) return images.filter((row) => row.tags.length === 0).slice(0, newest);
  if (tags.length === 0) return tagged.slice(0, newest);
  return tagged.filter((row) => row.tags.some((tag) => matchesAny(tags, tag))).slice(0, newest);
}

function newestFirst(a: ImageRow, b: ImageRow): number {
  return b.pushedAt.localeCompare(a.pushedAt) || a.digest.localeCompare(b.digest);
}

/** How an image is named in findings: its first tag, and as much of its digest as people compare. */
export function nameOf({ tags, digest }: ImageRow): string {
  const tag = tags.find((candidate) => !fallbackTag.test(candidate));
  return tag === undefined ? digest : `${tag} (${digest.slice(0, 'sha256:'.length + 12)})`;
}

type Kind = 'signature' | 'attestation';

function typeOf({ artifactType, mediaType }: ImageRow): string {
  if (artifactType !== null) return artifactType;
  return mediaType === null ? 'of no stated type' : mediaType;
}

/** What hangs on a digest, by kind: artifact types of referrers, and fallback tags. */
export function attached(rows: readonly ImageRow[], digest: string, kind: Kind): string[] {
  const found = new Set<string>();
  for (const row of rows) {
    if (row.subject === digest) {
      const type = typeOf(row);
      if (kindOf(type).includes(kind)) found.add(type);
    }
    for (const tag of row.tags) {
      const [hex, suffix] = groupsOf(fallbackTag, tag);
      if (`sha256:${hex}` !== digest) continue;
      if (kind === 'signature' && suffix === '.sig') found.add('cosign tag .sig');
      if (kind === 'attestation' && (suffix === '.att' || suffix === '.sbom'))
        found.add(`cosign tag ${suffix}`);
    }
  }
  return [...found].sort();
}

/**
 * What an artifact type proves. A sigstore bundle may hold either, and the listing does not tell which
 * (its predicate type is an annotation of the manifest, which reading would count as a pull).
 */
function kindOf(type: string): readonly Kind[] {
  switch (type) {
    case 'application/vnd.cncf.notary.signature':
    case 'application/vnd.dev.cosign.artifact.sig.v1+json':
      return ['signature'];
    case 'application/vnd.in-toto+json':
    case 'application/spdx+json':
    case 'text/spdx+json':
    case 'text/spdx':
    case 'application/vnd.cyclonedx+json':
    case 'application/vnd.cyclonedx+xml':
    case 'application/vnd.cyclonedx':
    case 'application/vnd.dev.cosign.artifact.sbom.v1+json':
    case 'application/vnd.dsse.envelope.v1+json':
      return ['attestation'];
    default:
      return [];
  }
}

/** Referrers whose kind cannot be told; a verdict of "none" would rest on a guess. */
export function ambiguous(rows: readonly ImageRow[], digest: string): string[] {
  const types = rows.filter((row) => row.subject === digest).map(typeOf);
  const fallbackIndex = rows.some((row) =>
    row.tags.some((tag) => tag === digest.replace(':', '-')),
  );
  const unclear = types.filter(
    (type) => type.startsWith('application/vnd.dev.sigstore.bundle') || kindOf(type).length === 0,
  );
  return fallbackIndex ? [...unclear, 'an OCI referrers fallback tag'] : unclear;
}

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
export function isIndex({ mediaType }: ImageRow): boolean {
  return mediaType !== null && indexTypes.includes(mediaType);
}

export type ScanResult = { mode: 'finished'; critical: number; high: number } | { mode: 'missing' };

/**
 * DescribeImageScanFindings. Null: never scanned. COMPLETE (basic) and ACTIVE (enhanced) are results;
 * every other status is the vendor saying that it does not know. A severity without a key is zero.
 */
export function scanResult(raw: unknown): ScanResult {
  if (raw === null) return { mode: 'missing' };
  const answer = objectOf(raw, 'the answer');
  const status = wordAt(objectAt(answer, 'imageScanStatus'), 'status', [
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
  if (status !== 'COMPLETE' && status !== 'ACTIVE') throw new Inconclusive(`the scan is ${status}`);
  const counts = objectAt(objectAt(answer, 'imageScanFindings'), 'findingSeverityCounts');
  return {
    mode: 'finished',
    critical: severityCount(counts, 'CRITICAL'),
    high: severityCount(counts, 'HIGH'),
  };
}

function severityCount(counts: Answer, severity: string): number {
  return counts[severity] === undefined ? 0 : numberAt(counts, severity);
}
