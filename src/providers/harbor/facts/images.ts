import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { isFallbackTag, tagsOf } from '../../../oci/fallback-tags.ts';
import type { AttachmentKind } from '../../../oci/kinds.ts';
import {
  type Choice,
  type ImageRows,
  isOwnImage,
  type NewestImages,
  newestImages,
  noImages,
} from '../../../oci/newest-images.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, known, unknown } from '../../facts.ts';
import {
  attachmentCollectors,
  boundedCandidates,
  type ImageCandidates,
} from '../../image-facts.ts';
import { gapOf, joinLists } from '../../parts.ts';
import { type TagRow, type TagRows, tagDigestsOf } from '../../tag-digests.ts';
import { type Accessory, type Artifact, artifact, nameOf, scanResult } from '../decode/artifact.ts';
import { type Project, upstreamId } from '../decode/project.ts';
import type { HarborApi } from '../wire/api.ts';
import { hiddenImages, looksAt, mostAccessories } from './accessories.ts';
import { candidatesOf } from './candidates.ts';
import { listed, type ProjectSources } from './project-sources.ts';

const listing = {
  sort: '-push_time',
  with_tag: 'true',
  with_accessory: 'true',
  with_scan_overview: 'true',
};
/** The formats of reports that are asked for, as the console does. */
const reports =
  'application/vnd.security.vulnerability.report; version=1.1, application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0';

/** The facts of one project that rest on its images; they are listed once for all of them. */
export function imageFacts(
  project: Project,
  { api, content, context: { images } }: ProjectSources,
): Collectors<'repository'> {
  const chosen = once(() => chosenImages(api, project, images));
  const seen = looksAt(api, project);
  const unlisted = once(async () => hiddenImages(await chosen(), images, seen));

  const perImage = async <T>(
    work: (one: Artifact, filed: Chosen['filed']) => Promise<Fact<T>>,
  ): Promise<Fact<T[]>> => {
    const all = await chosen();
    if (all.state !== 'known') return all;
    const { images: each, filed } = all.value;
    const facts = await Promise.all(
      each.map(async (one) => join([await work(one, filed)], (value) => [value] as T[])),
    );
    return joinLists([join([all], (): T[] => []), await unlisted(), ...facts]);
  };
  const found = async (
    one: Artifact,
    kind: 'signature' | 'attestation',
    filed: Chosen['filed'],
  ) => {
    const already = told(one, kind);
    if (already.length > 0) return knownKinds(already);
    const look = async (accessory: Accessory) =>
      join([await seen(one, accessory)], ({ kind }) => kind);
    return attached(one, kind, filed, look);
  };

  const attachedTo = (kind: 'signature' | 'attestation') =>
    perImage(async (one, filed) =>
      join([await found(one, kind, filed)], (kinds) => ({ image: nameOf(one), found: kinds })),
    );

  return {
    recentScans: () =>
      perImage(async (one) =>
        join([await chosen()], () => ({ image: nameOf(one), scan: scanResult(one) })),
      ),
    ...attachmentCollectors(attachedTo),
    recentCandidates: async () => {
      const all = await chosen();
      if (!images.mayPull)
        return join([all], (found) => boundedCandidates(found.images.map(unread), false));
      const cache = listed(() => upstreamId(project));
      const readable = join([all, cache], (found, upstream) => {
        if (upstream === null || found.images.length === 0) return found;
        throw new Inconclusive('reading images of a proxy cache fetches what it lacks');
      });
      if (readable.state !== 'known') return gapOf(readable);
      const each = await perImage((one, filed) => candidatesOf(content, one, filed));
      return join([each], (candidates) => boundedCandidates(candidates, true));
    },
    tagDigests: async () =>
      tagDigestsOf(
        join([await chosen()], ({ tags }) => tags),
        images.tags,
      ),
  };
}

function unread(one: Artifact): ImageCandidates {
  return { image: nameOf(one), digest: one.digest, candidates: [], unread: [] };
}

function knownKinds(value: readonly string[]): Fact<readonly string[]> {
  return known('listArtifactsOfProject', '', () => value);
}

/** What the list itself tells to be a signature or an attestation. */
function told({ accessories }: Artifact, kind: 'signature' | 'attestation'): string[] {
  const [type, says] =
    kind === 'signature'
      ? ['signature.notation', 'Notation signature']
      : ['sbom.harbor', 'SBOM of Harbor'];
  return accessories.some((accessory) => accessory.type === type) ? [says] : [];
}

/**
 * What may be one besides its accessories. A signature of cosign becomes an accessory, unless it was there
 * before its image; so a tag in its form that is still listed holds something else, or is early.
 */
function doubtsBeside(
  { repository, digest, statesWithin }: Artifact,
  kind: 'signature' | 'attestation',
  filed: Chosen['filed'],
): readonly string[] {
  const { index, cosign } = tagsOf(digest);
  const isFiled = (tag: string) => {
    const holds = filed.get(`${repository}:${tag}`);
    return holds !== undefined && holds.digest !== digest && !holds.runs;
  };
  return [
    ...(isFiled(index) ? ['an OCI referrers fallback tag'] : []),
    ...cosign
      .filter(({ mayBe, tag }) => mayBe === `maybe-${kind}` && isFiled(tag))
      .map(({ says }) => says),
    ...(kind === 'attestation' && statesWithin ? ['attestation manifests of BuildKit'] : []),
  ];
}

/** Which accessories may turn out to be one; the rest is told by its type. */
const candidates = {
  signature: ['signature.cosign', 'subject.accessory'],
  attestation: ['subject.accessory', 'signature.cosign'],
} as const;

/** Looks at what hangs on an image until one thing is of the wanted kind. */
async function attached(
  one: Artifact,
  wanted: 'signature' | 'attestation',
  filed: Chosen['filed'],
  look: (accessory: Accessory) => Promise<Fact<AttachmentKind>>,
): Promise<Fact<readonly string[]>> {
  const types: readonly string[] = candidates[wanted];
  const possible = one.accessories.filter(({ type }) => types.includes(type));
  const seen: Fact<AttachmentKind>[] = [];
  for (const accessory of possible.slice(0, mostAccessories)) {
    const kind = await look(accessory);
    if (kind.state === 'known' && kind.value === wanted) {
      const by = accessory.type === 'signature.cosign' ? 'cosign ' : '';
      return join([kind], () => [`${by}${wanted}`]);
    }
    seen.push(kind);
  }
  const inDoubt: readonly AttachmentKind[] = [`maybe-${wanted}`, 'unclear'];
  const beside = doubtsBeside(one, wanted, filed);
  return join([knownKinds([]), ...seen], (_, ...kinds) => {
    const doubts = [
      ...beside,
      ...(kinds.some((kind) => inDoubt.includes(kind)) ? ['an accessory of untold kind'] : []),
      ...(possible.length > mostAccessories ? [`more than ${mostAccessories} accessories`] : []),
    ];
    if (doubts.length === 0) return [];
    const what = wanted === 'signature' ? 'a signature' : 'an attestation';
    throw new Inconclusive(
      `whether ${nameOf(one)} has ${what} only a pull would tell: ${doubts.join(', ')}`,
    );
  });
}

/** The images that are judged, and the tags under which cosign files what hangs on images. */
interface Chosen {
  readonly images: readonly Artifact[];
  /** Everything on the pages that were read. */
  readonly listed: readonly Artifact[];
  /** By `repository:tag`. */
  readonly filed: ReadonlyMap<string, Artifact>;
  readonly tags: TagRows;
}

/** The images a project is judged by. Pages are read, newest first, for as long as that is not settled. */
async function chosenImages(
  api: HarborApi,
  project: Project,
  choice: Choice,
): Promise<Fact<Chosen>> {
  const name = 'listArtifactsOfProject';
  const pages = api.pages(name, (entries) => entries.map(artifact), {
    params: { project: project.id },
    query: listing,
    headers: { 'x-accept-vulnerabilities': reports },
  });
  const filed = new Map<string, Artifact>();
  const rows: TagRow[] = [];
  const all: Artifact[] = [];
  let whole = true;
  let chosen: NewestImages<Artifact> = noImages;
  let last: string | null = null;
  for await (const page of pages) {
    if (page.state !== 'known') return page;
    for (const one of page.value) {
      if (last !== null && one.pushedAt > last) {
        return unknown(
          'inconclusive',
          name,
          'the list is not sorted by the push, as was asked for',
        );
      }
      last = one.pushedAt;
      all.push(one);
      for (const tag of one.tags) rows.push({ image: one.repository, tag, digest: one.digest });
      for (const tag of one.tags.filter(isFallbackTag)) filed.set(`${one.repository}:${tag}`, one);
    }
    const images = page.value.filter((one) => one.image && (one.runs || isOwnImage(one)));
    chosen = newestImages(images, choice, imageRows, chosen);
    if (chosen.tagged && chosen.images.length >= choice.newest) {
      whole = false;
      break;
    }
  }
  return known(name, '', () => ({
    images: chosen.images,
    listed: all,
    filed,
    tags: { rows, whole },
  }));
}

/** The list is sorted already. */
const imageRows: ImageRows<Artifact> = {
  tagsOf: ({ tags }) => tags,
  newestFirst: (a, b) => b.pushedAt.localeCompare(a.pushedAt),
  imageOf: ({ repository, digest }) => `${repository}@${digest}`,
};
