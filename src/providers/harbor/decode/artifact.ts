import {
  DecodeError,
  enumAt,
  instantAt,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { isImageConfig } from '../../../oci/artifact-kinds.ts';
import { isFallbackTag } from '../../../oci/fallback-tags.ts';
import { type AttachmentKind, kindOfArtifact } from '../../../oci/kinds.ts';
import { shortDigest } from '../../../oci/newest-images.ts';
import { Pending } from '../../facts.ts';

/** An entry of listArtifactsOfProject. */
export interface Artifact {
  readonly digest: string;
  /** `project/repository` */
  readonly repository: string;
  readonly tags: readonly string[];
  readonly pushedAt: string;
  /** Whether it is an image at all: charts, CNAB and the like are judged by nothing. */
  readonly image: boolean;
  readonly accessories: readonly Accessory[];
  /** Whether its configuration names a system: it is an image, and nothing that cosign filed beside one. */
  readonly runs: boolean;
  /** Whether its index has an attestation manifest of BuildKit for each of its platforms. */
  readonly statesWithin: boolean;
  readonly raw: JsonObject;
}

/** What hangs on an artifact, by what Harbor takes it for. */
export interface Accessory {
  readonly type: (typeof accessoryTypes)[number];
  readonly digest: string;
  /** ISO 8601 */
  readonly createdAt: string;
}

/** src/pkg/accessory/model/accessory.go */
const accessoryTypes = [
  'signature.cosign',
  'signature.notation',
  'accelerator.nydus',
  'subject.accessory',
  'sbom.harbor',
] as const;

export function artifact(raw: unknown): Artifact {
  const entry = objectOf(raw, 'an artifact');
  return {
    digest: stringAt(entry, 'digest'),
    repository: stringAt(entry, 'repository_name'),
    tags: maybeObjects(entry, 'tags').map((tag) => stringAt(tag, 'name')),
    pushedAt: instantAt(entry, 'push_time'),
    image: isImage(entry),
    accessories: maybeObjects(entry, 'accessories').map((accessory) => ({
      type: enumAt(accessory, 'type', accessoryTypes),
      digest: stringAt(accessory, 'digest'),
      createdAt: instantAt(accessory, 'creation_time'),
    })),
    runs: namesSystem(entry),
    statesWithin: statesOfEach(maybeObjects(entry, 'references')),
    raw: entry,
  };
}

/** Harbor's word, which a later release may change, or the configuration of an image, whatever the word. */
function isImage(entry: JsonObject): boolean {
  const configuration = maybeString(entry, 'media_type');
  return (
    stringAt(entry, 'type') === 'IMAGE' || (configuration !== null && isImageConfig(configuration))
  );
}

/** What cosign files has an empty configuration, and Harbor shows its empty system. */
function namesSystem(entry: JsonObject): boolean {
  const attributes = maybeObject(entry, 'extra_attrs');
  return attributes !== null && typeof attributes['os'] === 'string' && attributes['os'] !== '';
}

/**
 * Whether each platform of an index has an attestation manifest that names it. What that states is in its
 * layers, which Harbor's API does not show.
 */
function statesOfEach(references: readonly JsonObject[]): boolean {
  const named = references.map((reference) => ({
    digest: reference['child_digest'],
    annotations: textsOf(reference),
  }));
  const isStatement = ({ annotations }: (typeof named)[number]) =>
    annotations['vnd.docker.reference.type'] === 'attestation-manifest';
  const about = named
    .filter(isStatement)
    .map(({ annotations }) => annotations['vnd.docker.reference.digest']);
  const platforms = named.filter((one) => !isStatement(one));
  return (
    platforms.length > 0 && platforms.every(({ digest }) => about.some((one) => one === digest))
  );
}

/** `web:1.4 (sha256:1f2e3d4c5b6a)`, without the project. */
export function nameOf({ repository, tags, digest }: Artifact): string {
  const name = repository.slice(repository.indexOf('/') + 1);
  const tag = tags.find((candidate) => !isFallbackTag(candidate));
  const short = shortDigest(digest);
  return tag === undefined ? `${name}@${short}` : `${name}:${tag} (${short})`;
}

/** `at`: ISO 8601, when the scan ended; of several reports the oldest. */
export type ScanResult =
  | { mode: 'finished'; critical: number; high: number; at: string }
  | { mode: 'missing' };

/**
 * The scans of an artifact, by format of the report; that of an index is joined from its images'. Absent:
 * never scanned, or not to be scanned. A severity without a key is zero.
 */
export function scanResult({ raw }: Artifact): ScanResult {
  const overview = maybeObject(raw, 'scan_overview');
  const reports =
    overview === null ? [] : Object.keys(overview).map((key) => objectAt(overview, key));
  const [first, ...others] = reports.map(reportResult);
  if (first === undefined) return { mode: 'missing' };
  return others.reduce(worse, first);
}

function reportResult(report: JsonObject): ScanResult {
  const status = enumAt(report, 'scan_status', [
    'Success',
    'Error',
    'Stopped',
    'Pending',
    'Scheduled',
    'Running',
  ]);
  switch (status) {
    case 'Success':
      break;
    case 'Error':
    case 'Stopped':
      return { mode: 'missing' };
    default:
      throw new Pending(`the scan is ${status}`);
  }
  // An index is a success as soon as one of its images is (src/pkg/scan/vuln, MergeScanStatus).
  if (numberAt(report, 'complete_percent') < 100) return { mode: 'missing' };
  const summary = objectAt(report, 'summary');
  const counts = objectAt(summary, 'summary');
  const sum = severities.reduce((all, severity) => all + countOf(counts, severity), 0);
  // Findings of a severity that is left out, or new, would otherwise be none.
  if (sum !== numberAt(summary, 'total')) throw new DecodeError('the counts are not the total');
  return {
    mode: 'finished',
    critical: countOf(counts, 'Critical'),
    high: countOf(counts, 'High'),
    at: instantAt(report, 'end_time'),
  };
}

/** src/pkg/scan/vuln/severity.go */
const severities = ['None', 'Unknown', 'Negligible', 'Low', 'Medium', 'High', 'Critical'];

function countOf(counts: JsonObject, severity: string): number {
  return counts[severity] === undefined ? 0 : numberAt(counts, severity);
}

function worse(one: ScanResult, other: ScanResult): ScanResult {
  if (one.mode === 'missing' || other.mode === 'missing') return { mode: 'missing' };
  return {
    mode: 'finished',
    critical: Math.max(one.critical, other.critical),
    high: Math.max(one.high, other.high),
    at: one.at < other.at ? one.at : other.at,
  };
}

/** What an image that was signed before there were artifact types has as its type (manifest/v2.go). */
const imageTypes = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/** getArtifact: the answer as it is. Throws when it is not about the digest that was asked for. */
export function artifactWith(raw: unknown, digest: string): JsonObject {
  const entry = objectOf(raw, 'the answer');
  if (stringAt(entry, 'digest') === digest) return entry;
  throw new DecodeError('the answer is about another digest than was asked for');
}

/**
 * GetArtifact of an accessory: what it is. Harbor calls every sigstore bundle a signature, and an
 * attestation of cosign is one too; the annotation of its manifest tells.
 */
export function kindOfAccessory(raw: unknown, type: Accessory['type']): AttachmentKind {
  const entry = objectOf(raw, 'the answer');
  const annotations = textsOf(entry);
  const stated = entry['artifact_type'] === '' ? null : maybeString(entry, 'artifact_type');
  if (Object.keys(annotations).some((key) => key.startsWith('dev.sigstore.bundle.'))) {
    return kindOfArtifact('application/vnd.dev.sigstore.bundle', annotations);
  }
  if (stated !== null && !imageTypes.includes(stated)) return kindOfArtifact(stated, annotations);
  // It became a signature by the tag and the layer that cosign gives to those alone (middleware/cosign).
  return type === 'signature.cosign' ? 'signature' : 'unclear';
}

/**
 * The tags by which GetArtifact shows that an accessory is pulled as an image. Harbor lists what names a
 * subject as an accessory of that and nowhere else (src/server/middleware/subject), images too.
 */
export function tagsOfImage(raw: JsonObject): readonly string[] {
  const runs = namesSystem(raw) || maybeObjects(raw, 'references').length > 0;
  if (!isImage(raw) || !runs) return [];
  return maybeObjects(raw, 'tags').map((tag) => stringAt(tag, 'name'));
}

function textsOf(entry: JsonObject): Readonly<Record<string, string>> {
  const annotations = maybeObject(entry, 'annotations');
  if (annotations === null) return {};
  return Object.fromEntries(Object.keys(annotations).map((key) => [key, String(annotations[key])]));
}
