import { DecodeError } from '../../../decode/fields.ts';
import type { HttpAnswer } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import { once, oncePer } from '../../../http/once.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import { isOtherArtifact } from '../../../oci/artifact-kinds.ts';
import {
  type Attachments,
  attachedOf,
  attachmentsOf,
  possibleSignatures,
} from '../../../oci/attachments.ts';
import { digestLike } from '../../../oci/digest.ts';
import { isFallbackTag } from '../../../oci/fallback-tags.ts';
import { manifestIn, manifestTypes } from '../../../oci/manifests.ts';
import { repositoryPath } from '../../../oci/names.ts';
import { shortDigest } from '../../../oci/newest-images.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known, type Learnt } from '../../facts.ts';
import {
  attachmentCollectors,
  boundedCandidates,
  certainOf,
  type ImageCandidates,
} from '../../image-facts.ts';
import { operations } from '../operations.ts';
import type { Session } from '../wire/session.ts';
import { tagDigests } from './tag-digests.ts';

/** An image under one of its tags. */
interface Tagged {
  readonly tag: string;
  readonly digest: string;
  readonly isIndex: boolean;
  readonly isImage: boolean;
}

/** Most tags that are read: no answer says which are the newest, so that all of them stand for a repository. */
const mostTags = 50;

/** The facts that rest on images. */
export function imagesOf(
  session: Session,
  repository: string,
  tags: () => Promise<Learnt<string[]>>,
  { images: choice }: Pick<ScanContext, 'images'>,
): Collectors<'repository'> {
  /** CNCF Distribution counts no pulls; another product may, or may keep what was pulled lately. */
  const mayGet = once(async () =>
    join([await session.product()], ({ kind }) => kind === 'distribution' || choice.mayPull),
  );
  const readable = once(async () =>
    join([await tags(), await mayGet()], (all, may) =>
      readableOf(
        all.filter((tag) => !isFallbackTag(tag)),
        may,
      ),
    ),
  );
  const manifest = oncePer((tag: string) => tagged(session, repository, tag));
  const chosen = once(async (): Promise<Learnt<readonly Tagged[]>> => {
    const { references } = choice;
    const wanted =
      references === undefined
        ? join([await tags(), await mayGet()], (all, may) =>
            readableOf(wantedOf(all, choice.tags), may),
          )
        : known('getManifest', '', () => references);
    if (wanted.state !== 'known') return wanted;
    const read = await Promise.all(wanted.value.map(manifest));
    return join([wanted, ...read], (_, ...each) => onceEach(each));
  });
  const attached = once(async (): Promise<Learnt<readonly (Tagged & { found: Attachments })[]>> => {
    const all = await chosen();
    if (all.state !== 'known') return all;
    const listed = await tags();
    const named =
      listed.state === 'known' ? new Map(listed.value.map((tag) => [tag, null])) : undefined;
    const found = await Promise.all(
      all.value.map((image) => attachments(session, repository, image, named)),
    );
    return join([all, ...found], (images, ...each) =>
      each.flatMap((one, at) => {
        const image = images[at];
        return image === undefined ? [] : [{ ...image, found: one }];
      }),
    );
  });
  const ofKind = async (kind: 'signature' | 'attestation') =>
    join([await attached()], (all) =>
      all.map((one) => ({
        image: nameOf(one),
        found: certainOf(nameOf(one), kind, attachedOf(one.found, kind), true),
      })),
    );
  return {
    ...attachmentCollectors(ofKind),
    tagDigests: async () => tagDigests(await readable(), choice.tags, manifest),
    recentCandidates: async () => {
      const all = await attached();
      if (all.state !== 'known') return all;
      const { signaturesIn = [] } = choice;
      const found = await Promise.all(
        all.value.map((one) => withThoseIn(session, signaturesIn, one)),
      );
      return join([all], () => boundedCandidates(found, true));
    },
  };
}

/** What may be signatures of an image, here and in other repositories; one that cannot be read is not searched. */
async function withThoseIn(
  session: Session,
  places: readonly string[],
  one: Tagged & { readonly found: Attachments },
): Promise<ImageCandidates> {
  const read = await Promise.all(
    places.map((place) => attachments(session, place, { ...one, isIndex: false }, undefined)),
  );
  const others = read.flatMap((there, at) =>
    there.state === 'known'
      ? [{ place: places[at] ?? '', possible: possibleSignatures(there.value) }]
      : [],
  );
  const all = [possibleSignatures(one.found), ...others.map(({ possible }) => possible)];
  return {
    image: nameOf(one),
    digest: one.digest,
    candidates: all.flatMap(({ candidates }) => candidates),
    unread: all.flatMap(({ unread }) => unread),
    unreadStatements: all.flatMap(({ unreadStatements }) => unreadStatements),
    alsoIn: others.map(({ place }) => place),
  };
}

function nameOf({ tag, digest }: Tagged): string {
  return `${tag} (${shortDigest(digest)})`;
}

function readableOf(tags: readonly string[], mayGet: boolean): readonly string[] {
  if (tags.length === 0 || mayGet) return tags;
  throw new Inconclusive(
    'whether reading an image counts as a pull is not known of this product; images.mayPull: true in the configuration allows it',
  );
}

function wantedOf(tags: readonly string[], production: readonly string[]): readonly string[] {
  const own = tags.filter((tag) => !isFallbackTag(tag));
  const wanted = production.length === 0 ? own : own.filter((tag) => matchesAny(production, tag));
  if (wanted.length <= mostTags) return wanted;
  throw new Inconclusive(
    `no answer says which of ${wanted.length} tags are the newest; expect.productionTags can name fewer than ${mostTags}`,
  );
}

function tagged(session: Session, repository: string, tag: string): Promise<Learnt<Tagged>> {
  return ask(
    'getManifest',
    operations.getManifest,
    httpErrors,
    () =>
      session.client.send({
        operation: 'getManifest',
        path: `${repositoryPath(repository)}/manifests/${tag}`,
        headers: { accept: manifestTypes },
        sameOrigin: true,
      }),
    (raw) => {
      const answer = raw as HttpAnswer;
      const manifest = manifestIn(answer.json());
      const digest = digestLike('sha256:', answer.bytes);
      if (tag.startsWith('sha256:') && tag !== digest)
        throw new DecodeError('the content does not match the digest');
      return {
        tag,
        digest,
        isIndex: manifest.kind === 'index',
        isImage: manifest.kind === 'index' || !isOtherArtifact(manifest.artifactType),
      };
    },
  );
}

function onceEach(tags: readonly Tagged[]): readonly Tagged[] {
  const images = new Map<string, Tagged>();
  for (const one of tags) if (one.isImage && !images.has(one.digest)) images.set(one.digest, one);
  return [...images.values()];
}

async function attachments(
  session: Session,
  repository: string,
  { digest, isIndex }: Tagged,
  tags: OciRegistry['tags'],
): Promise<Learnt<Attachments>> {
  const registry: OciRegistry = {
    client: session.client,
    operations: {
      referrers: 'listReferrers',
      tag: 'getManifest',
      manifest: 'getManifest',
      blob: 'getBlob',
    },
    referrers: 'api',
    mayGetManifest: true,
    tags,
  };
  return ask(
    'listReferrers',
    operations.listReferrers,
    httpErrors,
    () => attachmentsOf(registry, repository, { digest, mayBeIndex: isIndex }),
    (raw) => raw as Attachments,
  );
}
