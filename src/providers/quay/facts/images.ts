import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { isOtherArtifact } from '../../../oci/artifact-kinds.ts';
import {
  type Attachments,
  attachedOf,
  attachmentsOf,
  possibleSignatures,
} from '../../../oci/attachments.ts';
import { isAttachmentTag } from '../../../oci/fallback-tags.ts';
import { checkedDigest } from '../../../oci/names.ts';
import {
  type Choice,
  type ImageRows,
  newestImages,
  shortDigest,
} from '../../../oci/newest-images.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known, type Learnt } from '../../facts.ts';
import { attachmentCollectors, boundedCandidates, certainOf } from '../../image-facts.ts';
import { joinLists } from '../../parts.ts';
import { type TagRows, tagDigestsOf } from '../../tag-digests.ts';
import { type Content, content } from '../decode/manifest.ts';
import { type ScanResult, scanResult } from '../decode/security.ts';
import { type Tag, tag } from '../decode/tags.ts';
import { calls, operations } from '../operations.ts';
import type { Clients } from '../wire/clients.ts';
import { quayErrors } from '../wire/errors.ts';
import { ociClient } from '../wire/oci-client.ts';
import type { NamespaceSources } from './namespace-sources.ts';

export interface ImageSources {
  readonly sources: NamespaceSources;
  readonly clients: Pick<Clients, 'api' | 'registry'>;
  readonly images: ScanContext['images'];
  readonly repository: string;
}

/** An image a repository is judged by. */
interface Image {
  readonly tag: Tag;
  /** The digests that are scanned: of an index those of its platforms. */
  readonly platforms: readonly string[];
}

export interface Images {
  /** The tags of the repository, the newest `mostPages` pages of them. */
  readonly tags: () => Promise<Learnt<Tags>>;
  readonly collectors: Collectors<'repository'>;
}

interface Tags {
  readonly all: readonly Tag[];
  readonly whole: boolean;
}

/** The facts of one repository that rest on its images; each call is made once for all of them. */
export function imagesOf(input: ImageSources): Images {
  const readable = once(() => mayRead(input));
  const tags = once(() => tagsOf(input));
  const chosen = once(async () => chosenOf(input, await tags()));
  const attached = once(async () =>
    attachedTo(input, await tags(), await chosen(), await readable()),
  );
  const attachedOfKind = async (kind: 'signature' | 'attestation') =>
    join([await attached(), await readable()], (all, mayRead) =>
      all.map(({ image, found }) => {
        const name = nameOf(image.tag);
        return { image: name, found: certainOf(name, kind, attachedOf(found, kind), mayRead) };
      }),
    );
  return {
    tags,
    collectors: {
      recentScans: async () => scansOf(input, await chosen()),
      tagDigests: async () => tagDigestsOf(join([await tags()], rowsOf), input.images.tags),
      ...attachmentCollectors(attachedOfKind),
      recentCandidates: async () =>
        join([await attached(), await readable()], (all, mayRead) =>
          boundedCandidates(
            all.map(({ image, found }) => ({
              image: nameOf(image.tag),
              digest: image.tag.digest,
              ...possibleSignatures(found),
            })),
            mayRead,
          ),
        ),
    },
  };
}

function rowsOf({ all, whole }: Tags): TagRows {
  return {
    rows: all.toSorted(rows.newestFirst).map(({ name, digest }) => ({ tag: name, digest })),
    whole,
  };
}

function nameOf({ name, digest }: Tag): string {
  return `${name} (${shortDigest(digest)})`;
}

/** Most pages of tags that are read, of 100 tags each, the newest first. */
const mostPages = 50;

async function tagsOf({ sources, repository }: ImageSources): Promise<Learnt<Tags>> {
  const { api, name: namespace } = sources;
  const pages = api.pages('listRepoTags', (all) => all.map(tag), {
    params: { namespace, repository },
    query: { limit: 100, page: 1, onlyActiveTags: 'true' },
  });
  const all: Tag[] = [];
  let read = 0;
  for await (const page of pages) {
    if (page.state !== 'known') return page;
    all.push(...page.value);
    read += 1;
    if (read === mostPages) return listed(() => ({ all, whole: false }));
  }
  return listed(() => ({ all, whole: true }));
}

function listed<T>(decode: () => T): Learnt<T> {
  return known('listRepoTags', operations.listRepoTags.permission, decode);
}

/** Most things that are no image which are passed over in search of the newest images. */
const mostOthers = 20;

/** The newest images; charts and the like are passed over, which only their manifests tell. */
async function chosenOf(
  input: ImageSources,
  tags: Learnt<Tags>,
): Promise<Learnt<readonly Image[]>> {
  if (tags.state !== 'known') return tags;
  const { images: choice } = input;
  const { all, whole } = tags.value;
  const own = all.filter(({ name, digest }) => !isAttachmentTag(name, digest));
  const inOrder = newestImages(
    own,
    { ...choice, newest: own.length } satisfies Choice,
    rows,
  ).images;
  const images: Image[] = [];
  let others = 0;
  for (const one of inOrder) {
    if (images.length >= choice.newest) break;
    const read = await contentOf(input, one.digest);
    if (read.state !== 'known') return read;
    const { value } = read;
    if (value.kind === 'index') images.push({ tag: one, platforms: value.platforms });
    else if (!isOtherArtifact(value.type)) images.push({ tag: one, platforms: [one.digest] });
    else others += 1;
    if (others > mostOthers)
      return listed(() => tooFar(`behind more than ${mostOthers} other artefacts`));
  }
  if (images.length < choice.newest && !whole) {
    return listed(() => tooFar(`not among the newest ${all.length} tags`));
  }
  return listed(() => images);
}

function tooFar(where: string): never {
  throw new Inconclusive(`the newest images are ${where}`);
}

const rows: ImageRows<Tag> = {
  tagsOf: ({ name }) => [name],
  newestFirst: (a, b) => b.since.localeCompare(a.since) || a.name.localeCompare(b.name),
  imageOf: ({ digest }) => digest,
};

function contentOf(
  { sources, repository }: ImageSources,
  digest: string,
): Promise<Learnt<Content>> {
  const params = { namespace: sources.name, repository };
  const path = withDigest('getRepoManifest', digest);
  return sources.api.one('getRepoManifest', (raw) => content(raw, digest), { params, path });
}

/** The path of a call about one manifest; the colon of a digest stands in it as it is. */
function withDigest(call: 'getRepoManifest' | 'getRepoManifestSecurity', digest: string): string {
  return calls[call].path.replace('{digest}', checkedDigest(digest));
}

/** Quay scans the platforms of an index, and never the index itself. */
async function scansOf(
  input: ImageSources,
  chosen: Learnt<readonly Image[]>,
): Promise<RepositoryFacts['recentScans']> {
  const on = await input.sources.instance.feature('SECURITY_SCANNER');
  if (on.state !== 'known') return on;
  if (chosen.state !== 'known') return chosen;
  const scans = chosen.value.map(async ({ tag: of, platforms }) => {
    const each = on.value
      ? await Promise.all(platforms.map((digest) => scanOf(input, digest)))
      : [join([on], (): ScanResult => ({ mode: 'missing' }))];
    return join(each, (...results) => [{ image: nameOf(of), scan: together(results) }]);
  });
  return joinLists([join([chosen], () => []), ...(await Promise.all(scans))]);
}

function scanOf({ sources, repository }: ImageSources, digest: string) {
  return sources.api.one('getRepoManifestSecurity', scanResult, {
    params: { namespace: sources.name, repository },
    path: withDigest('getRepoManifestSecurity', digest),
    query: { vulnerabilities: 'true' },
  });
}

/** An image is scanned when each of its platforms is. */
function together(results: readonly ScanResult[]): ScanResult {
  let critical = 0;
  let high = 0;
  for (const result of results) {
    if (result.mode === 'missing') return result;
    critical += result.critical;
    high += result.high;
  }
  return results.length === 0 ? { mode: 'missing' } : { mode: 'finished', critical, high };
}

/** A cache takes what is asked of it from its upstream: there nothing is read that would be fetched first. */
async function mayRead({ sources, images }: ImageSources): Promise<Learnt<boolean>> {
  return join([await sources.proxyCache()], (cache) => cache === null || images.mayPull);
}

async function attachedTo(
  { sources, clients, repository }: ImageSources,
  tags: Learnt<Tags>,
  chosen: Learnt<readonly Image[]>,
  readable: Learnt<boolean>,
): Promise<Fact<readonly { readonly image: Image; readonly found: Attachments }[]>> {
  if (tags.state !== 'known') return tags;
  if (chosen.state !== 'known') return chosen;
  if (readable.state !== 'known') return readable;
  const refers = await sources.instance.feature('REFERRERS_API');
  if (refers.state !== 'known') return refers;
  const { all, whole } = tags.value;
  const namespace = sources.name;
  const registry: OciRegistry = {
    client: ociClient({ api: clients.api, registry: clients.registry, namespace, repository }),
    operations: {
      referrers: 'listReferrers',
      tag: 'listRepoTags',
      manifest: 'getRepoManifest',
      blob: 'getBlob',
    },
    referrers: refers.value ? 'api' : 'fallback-only',
    mayGetManifest: readable.value,
    tags: whole ? new Map(all.map(({ name, digest }) => [name, digest])) : undefined,
  };
  const each = chosen.value.map((image) =>
    ask(
      'listReferrers',
      operations.listReferrers,
      quayErrors,
      () =>
        attachmentsOf(registry, `${namespace}/${repository}`, {
          digest: image.tag.digest,
          mayBeIndex: image.tag.isIndex,
        }),
      (raw) => ({ image, found: raw as Attachments }),
    ),
  );
  return join([chosen, readable, ...(await Promise.all(each))], (_, __, ...found) => found);
}
