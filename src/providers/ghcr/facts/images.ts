import type { HttpAnswer, HttpClient } from '../../../http/http.ts';
import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { isOtherArtifact } from '../../../oci/artifact-kinds.ts';
import {
  type Attachments,
  attachedOf,
  attachmentsOf,
  possibleSignatures,
} from '../../../oci/attachments.ts';
import { manifestOf } from '../../../oci/calls.ts';
import { repositoryPath } from '../../../oci/names.ts';
import {
  type Choice,
  type ImageRows,
  isOwnImage,
  newestImages,
  shortDigest,
} from '../../../oci/newest-images.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { ask, Inconclusive, join, known } from '../../facts.ts';
import { attachmentCollectors, boundedCandidates, certainOf } from '../../image-facts.ts';
import { gapOf } from '../../parts.ts';
import { type TagRows, tagDigestsOf } from '../../tag-digests.ts';
import { type Package, type Version, versionOf } from '../decode/package.ts';
import { operations, pathsForUsers } from '../operations.ts';
import { githubErrors } from '../wire/errors.ts';
import { type AttestedBy, attestationsOf } from './attestations.ts';
import { ofOwner } from './listing.ts';
import type { RepositorySources } from './sources.ts';

/** The images a package is judged by, and where its tags lead to if all of them were read. */
interface Versions {
  readonly candidates: readonly Version[];
  readonly read: readonly Version[];
  readonly all: ReadonlyMap<string, string> | undefined;
}

/** An image, and what the registry has of it. */
interface Image {
  readonly name: string;
  readonly digest: string;
  readonly found: Attachments;
}

type ImageFacts = Pick<
  Collectors<'repository'>,
  'recentSignatures' | 'recentAttestations' | 'recentCandidates' | 'tagDigests'
>;

/** The facts of one package that rest on its images; each call is made once for all of them. */
export function imagesOf(found: Package, sources: RepositorySources): ImageFacts {
  const { place, account, api } = sources;
  const versions = once(() => newestVersions(found, sources));
  const images = once(async () => newest(found, sources, await versions()));
  const ofGithub = once(async () => {
    const all = await images();
    if (all.state !== 'known') return gapOf(all);
    const digests = all.value.map(({ digest }) => digest);
    return attestationsOf(api, { owner: account.owner, linked: found.repository }, digests);
  });
  const attachedTo = async (kind: 'signature' | 'attestation') => {
    const all = await images();
    if (all.state !== 'known') return gapOf(all);
    const inRegistry = all.value.map((image) => ({ image, ...attachedOf(image.found, kind) }));
    // What the registry itself has decides; GitHub's own store is asked about the rest.
    const open = inRegistry.some((one) => one.found.length === 0) && !place.isServer;
    const attested = open ? await ofGithub() : known('getManifest', '', () => nothing);
    return join([all, attested], (_, byDigest) =>
      inRegistry.map(({ image, found: inTags, doubts }) => {
        const also = inTags.length > 0 ? none : atGithub(byDigest.get(image.digest), kind);
        const certain = [...inTags, ...also.found];
        const open = certain.length > 0 ? [] : [...doubts, ...also.doubts];
        return {
          image: image.name,
          found: certainOf(image.name, kind, { found: certain, doubts: open }, true),
        };
      }),
    );
  };
  return {
    ...attachmentCollectors(attachedTo),
    tagDigests: async () =>
      tagDigestsOf(join([await versions()], rowsOf), sources.context.images.tags),
    recentCandidates: async () => {
      const attested = place.isServer ? known('getManifest', '', () => nothing) : await ofGithub();
      return join([await images()], (all) =>
        boundedCandidates(
          all.map(({ name: image, digest, found }) => {
            const here = possibleSignatures(found);
            const kept = attested.state === 'known' ? attested.value.get(digest) : undefined;
            const gap = attested.state === 'known' ? [] : ['attestations at GitHub'];
            return {
              image,
              digest,
              ...here,
              candidates: [...here.candidates, ...(kept === undefined ? [] : kept.candidates)],
              unread: [...here.unread, ...gap, ...(kept === undefined ? [] : kept.doubts)],
            };
          }),
          true,
        ),
      );
    },
  };
}

function rowsOf({ read, all }: Versions): TagRows {
  const newestFirst = read.toSorted(rows.newestFirst);
  return {
    rows: newestFirst.flatMap(({ tags, digest }) => tags.map((tag) => ({ tag, digest }))),
    whole: all !== undefined,
  };
}

const nothing: ReadonlyMap<string, AttestedBy> = new Map();
const none: { found: readonly string[]; doubts: readonly string[] } = { found: [], doubts: [] };

/**
 * Provenance that GitHub keeps stands for a signature too: GitHub takes it only with a valid one, and its
 * statement names the digest. An SBOM does not.
 */
function atGithub(of: AttestedBy | undefined, kind: 'signature' | 'attestation'): typeof none {
  if (of === undefined) return none;
  const { doubts } = of;
  return kind === 'attestation'
    ? { found: of.attestations, doubts }
    : { found: of.signatures, doubts };
}

/** Most pages that are searched for tags of production, of 100 versions each. */
const mostPages = 50;
/** Most versions that are looked at beyond the wanted ones to find images among charts and other artefacts. */
const mostOthers = 5;

/** The newest versions, of those with a wanted tag if any are wanted. */
async function newestVersions(
  found: Package,
  { api, account, context }: RepositorySources,
): Promise<Fact<Versions>> {
  const { params, ...path } = ofOwner(account.owner, pathsForUsers.versions);
  const choice = { ...context.images, newest: context.images.newest + mostOthers };
  const versions: Version[] = [];
  let read = 0;
  for await (const page of api.pages('listVersions', (entries) => entries.map(versionOf), {
    params: { ...params, package_type: 'container', package_name: found.name },
    ...path,
    query: { state: 'active' },
  })) {
    if (page.state !== 'known') return page;
    versions.push(...page.value);
    read += 1;
    const candidates = chosenOf(versions, choice);
    if (candidates.length >= choice.newest && inOrder(versions)) {
      return join([page], () => ({
        candidates,
        read: versions,
        all: versions.length >= found.versionCount ? tagsIn(versions) : undefined,
      }));
    }
    if (read === mostPages) {
      return listed(() => {
        throw new Inconclusive(
          `the tags of production are not among the newest ${mostPages * 100}`,
        );
      });
    }
  }
  return listed(() => ({
    candidates: chosenOf(versions, choice),
    read: versions,
    all: tagsIn(versions),
  }));
}

function listed<T>(decode: () => T): Fact<T> {
  return known('listVersions', operations.listVersions.permission, decode);
}

function chosenOf(versions: readonly Version[], choice: Choice): readonly Version[] {
  return newestImages(versions.filter(isOwnImage), choice, rows).images;
}

const rows: ImageRows<Version> = {
  tagsOf: ({ tags }) => tags,
  newestFirst: (a, b) => b.createdAt.localeCompare(a.createdAt) || a.digest.localeCompare(b.digest),
  imageOf: ({ digest }) => digest,
};

function inOrder(versions: readonly Version[]): boolean {
  return versions.every((version, index) => {
    const next = versions[index + 1];
    return next === undefined || version.createdAt >= next.createdAt;
  });
}

function tagsIn(versions: readonly Version[]): ReadonlyMap<string, string> {
  return new Map(versions.flatMap(({ tags, digest }) => tags.map((tag) => [tag, digest] as const)));
}

/** The newest images, and what hangs on each; charts and other artefacts are none. */
async function newest(
  found: Package,
  sources: RepositorySources,
  versions: Fact<Versions>,
): Promise<Fact<readonly Image[]>> {
  if (versions.state !== 'known') return gapOf(versions);
  const { candidates, all } = versions.value;
  const repository = `${sources.account.owner.name}/${found.name}`;
  const registry: OciRegistry = {
    client: remembering(sources.clients.registry),
    // A blob takes the permission of its manifest.
    operations: {
      referrers: 'getManifest',
      tag: 'getManifest',
      manifest: 'getManifest',
      blob: 'getManifest',
    },
    // The route of the referrers API leads to another host, or nowhere.
    referrers: 'fallback-only',
    // GitHub limits no pulls and keeps no date of the last one.
    mayGetManifest: true,
    tags: all,
  };
  const images: Fact<Image>[] = [];
  let others = 0;
  for (const version of candidates) {
    if (images.length === sources.context.images.newest) break;
    const image = await lookAt(registry, repository, version);
    if (image.state === 'known' && image.value === null) others += 1;
    else images.push(join([image], (one) => one as Image));
  }
  if (others > mostOthers && images.length === 0) {
    return listed(() => {
      throw new Inconclusive(
        `the newest ${others} versions are no images, and older ones were not looked at`,
      );
    });
  }
  return join([versions, ...images], (_, ...each) => each);
}

/** Null: it is no image. */
function lookAt(
  registry: OciRegistry,
  repository: string,
  { digest, tags }: Version,
): Promise<Fact<Image | null>> {
  const [tag] = tags.toSorted();
  const name = tag === undefined ? shortDigest(digest) : `${tag} (${shortDigest(digest)})`;
  return ask(
    'getManifest',
    operations.getManifest,
    githubErrors,
    async () => {
      const manifest = await manifestOf(registry, repositoryPath(repository), digest);
      if (manifest === null) return missing;
      if (manifest.kind === 'manifest' && isOtherArtifact(manifest.artifactType)) return null;
      const image = { digest, mayBeIndex: manifest.kind === 'index' };
      return attachmentsOf(registry, repository, image);
    },
    (raw) => {
      if (raw === missing) throw new Inconclusive(`${name} is listed and cannot be read`);
      return raw === null ? null : { name, digest, found: raw as Attachments };
    },
  );
}

const missing = Symbol('missing');

/** A manifest is asked for once, though several look at it. */
function remembering(client: Pick<HttpClient, 'send'>): Pick<HttpClient, 'send'> {
  const kept = new Map<string, Promise<HttpAnswer>>();
  return {
    send: (request) => {
      if (request.method === 'HEAD' || !/\/manifests\/sha256:/.test(request.path)) {
        return client.send(request);
      }
      const answer = kept.get(request.path) ?? client.send(request);
      kept.set(request.path, answer);
      return answer;
    },
  };
}
