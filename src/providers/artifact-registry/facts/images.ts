import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { type AttachmentKind, kindOfArtifact } from '../../../oci/kinds.ts';
import type { ScanContext } from '../../contract.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { attachmentCollectors } from '../../image-facts.ts';
import { eachEntry } from '../../parts.ts';
import { type TagRows, tagDigestsOf } from '../../tag-digests.ts';
import {
  type Attachment,
  attachment,
  chosen,
  type ImageRow,
  imageRow,
  isImage,
  isVersionOf,
  mayHoldAttestations,
  nameOf,
  newestFirst,
  taggedAttachments,
} from '../decode/images.ts';
import {
  finishedScan,
  isProof,
  kindOfEnvelope,
  type Occurrence,
  occurrence,
  type SeverityCount,
  severityCounts,
} from '../decode/occurrences.ts';
import { type Described, scanning } from '../decode/repository.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import { type CandidateSources, recentCandidates } from './candidates.ts';
import type { ProjectFacts } from './project.ts';

export interface ImageInput {
  readonly api: ArtifactRegistryApi;
  readonly project: ProjectFacts;
  readonly repository: Described;
  readonly context: Pick<ScanContext, 'images'>;
  readonly content: CandidateSources['content'];
}

/** The facts of one repository that rest on its images; each listing is read once for all of them. */
export function imageFacts(input: ImageInput) {
  const { api, repository, context } = input;
  const listed = once(() =>
    api.officialAll(
      {
        name: 'ListDockerImages',
        request: { parent: repository.path, pageSize: 1000 },
      },
      (entries) => entries.map(imageRow),
    ),
  );
  const newest = once(async () =>
    join([await listed()], (rows) => chosen(rows, context.images.newest, context.images.tags)),
  );
  const attachments = once(() =>
    api.officialAll(
      {
        name: 'ListAttachments',
        request: { parent: repository.path, pageSize: 1000 },
      },
      (entries) => entries.map(attachment),
    ),
  );
  const occurrences = once(() => occurrencesOf(input, newest));
  const attached = async (kind: 'signature' | 'attestation') => {
    const images = await newest();
    if (images.state !== 'known' || images.value.length === 0) return join([images], () => []);
    const each = join(
      [images, await listed(), await attachments(), await occurrences()],
      (list, rows, stored, notes) => list.map((row) => ({ row, rows, stored, notes })),
    );
    // Which images count is known; one of them that is unclear leaves the others as they are.
    return eachEntry(each, ({ row, rows, stored, notes }) => [
      { image: nameOf(row), found: foundOn(row, rows, stored, notes, kind) },
    ]);
  };
  return {
    ...attachmentCollectors(attached),
    recentCandidates: async () =>
      recentCandidates({
        content: input.content,
        images: await newest(),
        rows: await listed(),
        occurrences: await occurrences(),
      }),
    tagDigests: async () => tagDigestsOf(join([await listed()], rowsOf), context.images.tags),
    recentScans: () => recentScans(input, newest, occurrences),
  };
}

function rowsOf(images: readonly ImageRow[]): TagRows {
  const rows = newestFirst(images).flatMap(({ image, tags, digest }) =>
    tags.map((tag) => ({ image, tag, digest })),
  );
  return { rows, whole: true };
}

type Images = () => Promise<Fact<readonly ImageRow[]>>;

function resourceOf({ uri }: ImageRow): string {
  return `https://${uri}`;
}

/** `resourceUrl="…" OR …`: names come from the API, and a quote in one would end the text. */
function filterOf(rows: readonly ImageRow[]): string {
  const urls = rows.map(resourceOf);
  if (urls.some((url) => /["\\\s]/.test(url)))
    throw new Error('an image has an impossible address');
  return urls.map((url) => `resourceUrl="${url}"`).join(' OR ');
}

const kinds = ['DISCOVERY', 'ATTESTATION', 'DSSE_ATTESTATION', 'SBOM_REFERENCE', 'BUILD'];

/** What Artifact Analysis knows of the judged images, but for the findings, which are counted apart. */
async function occurrencesOf(
  { api, project }: ImageInput,
  newest: Images,
): Promise<Fact<readonly Occurrence[]>> {
  const images = await newest();
  const filter = join([images], filterOf);
  if (filter.state !== 'known') return filter;
  if (filter.value === '') return join([images], () => []);
  const wanted = kinds.map((kind) => `kind="${kind}"`).join(' OR ');
  return api.all('ListOccurrences', (entries) => entries.map(occurrence), {
    params: { project: project.id },
    query: {
      filter: `(${wanted}) AND (${filter.value})`,
      pageSize: 1000,
      returnPartialSuccess: 'true',
    },
  });
}

async function recentScans(
  { api, project, repository }: ImageInput,
  newest: Images,
  occurrences: () => Promise<Fact<readonly Occurrence[]>>,
): Promise<RepositoryFacts['recentScans']> {
  const images = await newest();
  if (images.state !== 'known' || images.value.length === 0) return join([images], () => []);
  const filter = join([images], filterOf);
  if (filter.state !== 'known') return filter;
  const state = known('ListRepositories', 'artifactregistry.repositories.list', () =>
    scanning(repository.raw),
  );
  const [found, counts] = await Promise.all([
    occurrences(),
    api.one('GetVulnerabilitySummary', (raw) => severityCounts(raw, images.value.map(resourceOf)), {
      params: { project: project.id },
      query: {
        filter: `kind="VULNERABILITY" AND (${filter.value})`,
        returnPartialSuccess: 'true',
      },
    }),
  ]);
  const each = join([images, found, counts, state], (list, notes, all, { state: scanned }) =>
    list.map((row) => ({ row, notes, all, off: scanned === 'off' })),
  );
  return eachEntry(each, ({ row, notes, all, off }) => [
    { image: nameOf(row), scan: scanOf(row, notes, all, off) },
  ]);
}

/** No DISCOVERY occurrence: the image was not scanned, so zero vulnerabilities is not a result. */
function scanOf(
  row: ImageRow,
  notes: readonly Occurrence[],
  counts: readonly SeverityCount[],
  switchedOff: boolean,
): { mode: 'finished'; critical: number; high: number; at?: string } | { mode: 'missing' } {
  const resource = resourceOf(row);
  const discoveries = notes.filter((one) => one.kind === 'DISCOVERY' && one.resource === resource);
  if (discoveries.length === 0) {
    if (switchedOff) return { mode: 'missing' };
    throw new Inconclusive(`Artifact Analysis knows nothing of ${nameOf(row)}`);
  }
  const times = discoveries.map(({ raw }) => finishedScan(raw, nameOf(row)));
  const oldest = times.includes(null) ? null : times.sort()[0];
  // Switched off, nothing is kept up to date, whatever was noted before: the scan is as old as it says.
  if (switchedOff && typeof oldest !== 'string') return { mode: 'missing' };
  const of = (severity: string) =>
    counts
      .filter((count) => count.resource === resource && count.severity === severity)
      .reduce((sum, { total }) => sum + total, 0);
  const at = switchedOff && typeof oldest === 'string' ? { at: oldest } : {};
  return { mode: 'finished', critical: of('CRITICAL'), high: of('HIGH'), ...at };
}

/** What is attached to an image: by its tags, as attachments of the registry, and as occurrences. */
function foundOn(
  row: ImageRow,
  rows: readonly ImageRow[],
  stored: readonly Attachment[],
  notes: readonly Occurrence[],
  kind: 'signature' | 'attestation',
): string[] {
  const hanging = stored.filter(({ target }) => isVersionOf(target, row)).map(({ type }) => type);
  const found = [
    ...hanging.filter((type) => kindOfArtifact(type) === kind),
    ...notes
      .filter((note) => note.resource === resourceOf(row) && kindOfNote(note) === kind)
      .filter(isProof)
      .map(({ kind: noted, note }) => `${noted} of ${note}`),
  ];
  if (found.length > 0) return [...new Set(found)].sort();
  const inDoubt: readonly AttachmentKind[] = [`maybe-${kind}`, 'unclear'];
  const unclear = [
    ...taggedAttachments(rows, row).flatMap(({ mayBe, says }) =>
      inDoubt.includes(mayBe) ? [says] : [],
    ),
    ...hanging.filter((type) => inDoubt.includes(kindOfArtifact(type))),
    ...notes
      .filter((note) => note.resource === resourceOf(row) && inDoubt.includes(kindOfNote(note)))
      .map(({ kind: noted, note }) => `${noted} of ${note}`),
    ...loose(row, rows, stored),
    ...(kind === 'attestation' && mayHoldAttestations(row)
      ? ['attestations within its image index']
      : []),
  ];
  if (unclear.length === 0) return [];
  throw new Inconclusive(
    `${nameOf(row)} may have ${unclear[0]}; what that proves only a pull would tell`,
  );
}

/** An ATTESTATION of Binary Authorization is a signature over the digest; the others describe the image. */
function kindOfNote(note: Occurrence): AttachmentKind {
  switch (note.kind) {
    case 'ATTESTATION':
      return 'signature';
    case 'SBOM_REFERENCE':
    case 'BUILD':
      return 'attestation';
    case 'DSSE_ATTESTATION':
      return kindOfEnvelope(note);
    default:
      return 'other';
  }
}

/** Artifacts of the same name that hang on something the listing does not name. */
function loose(
  row: ImageRow,
  rows: readonly ImageRow[],
  stored: readonly Attachment[],
): readonly string[] {
  return rows
    .filter((other) => other.image === row.image && !isImage(other) && other.tags.length === 0)
    .filter((other) => !stored.some((one) => isVersionOf(one.stored, other)))
    .map(({ artifactType, mediaType }) => artifactType || mediaType);
}
