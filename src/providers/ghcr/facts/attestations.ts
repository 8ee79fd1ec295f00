import type { Candidate } from '../../../model/candidates.ts';
import type { Fact } from '../../../model/fact.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import {
  type Attestation,
  attestation,
  attestationPage,
  attestationsOfRepository,
  mustBeNew,
} from '../decode/attestations.ts';
import type { Owner } from '../decode/owner.ts';
import type { LinkedRepository } from '../decode/package.ts';
import { calls, pathsForUsers } from '../operations.ts';
import type { GithubApi } from '../wire/api.ts';
import { inParts } from './account.ts';
import { ofOwner } from './listing.ts';

/** What GitHub's own store of attestations has of one digest. */
export interface AttestedBy {
  readonly attestations: readonly string[];
  /** Provenance, and signatures that state nothing else. */
  readonly signatures: readonly string[];
  readonly doubts: readonly string[];
  readonly candidates: readonly Candidate[];
}

export interface AttestationSources {
  readonly owner: Owner;
  readonly linked: LinkedRepository | null;
}

/**
 * What GitHub keeps of each digest. It leaves out, without a word, what is of repositories that the token may
 * not read: "none" is certain only of the linked repository, which is asked by itself.
 */
export async function attestationsOf(
  api: GithubApi,
  sources: AttestationSources,
  digests: readonly string[],
): Promise<Fact<ReadonlyMap<string, AttestedBy>>> {
  const listed = await listedOf(api, sources.owner, digests);
  if (listed.state !== 'known') return gapOf(listed);
  const each = digests.map(async (digest) => {
    const found = listed.value.get(digest);
    const entries =
      found === undefined || found.length === 0
        ? await ofLinked(api, sources.linked, digest)
        : join([listed], () => found);
    return join([entries], (all) => [digest, attestedBy(all, digest, sources)] as const);
  });
  return join([listed, ...(await Promise.all(each))], (_, ...pairs) => new Map(pairs));
}

/** Most pages of attestations of the images of one package. */
const mostPages = 50;

async function listedOf(
  api: GithubApi,
  owner: Owner,
  digests: readonly string[],
): Promise<Fact<ReadonlyMap<string, readonly unknown[]>>> {
  const all = new Map<string, readonly unknown[]>();
  const seen = new Set<string>();
  if (digests.length === 0) return settled(() => all);
  let after: string | undefined;
  while (seen.size < mostPages) {
    const page = await api.one('listAttestations', attestationPage, {
      ...ofOwner(owner, pathsForUsers.attestations),
      query: { per_page: 100, ...(after === undefined ? {} : { after }) },
      json: { subject_digests: digests },
    });
    if (page.state !== 'known') return page;
    const { of, next } = page.value;
    for (const [digest, entries] of of) {
      const before = all.get(digest);
      all.set(digest, before === undefined ? entries : [...before, ...entries]);
    }
    if (next === null) return join([page], () => all);
    const fresh = settled(() => mustBeNew(next, seen));
    if (fresh.state !== 'known') return gapOf(fresh);
    seen.add(next);
    after = next;
  }
  return settled(() => {
    throw new Inconclusive(`there are more than ${mostPages} pages of attestations`);
  });
}

function settled<T>(decode: () => T): Fact<T> {
  return known('listAttestations', calls.listAttestations.permission, decode);
}

async function ofLinked(
  api: GithubApi,
  linked: LinkedRepository | null,
  digest: string,
): Promise<Fact<readonly unknown[]>> {
  if (linked === null) {
    return settled(() => {
      throw new Inconclusive(
        'GitHub lists no attestation, and leaves out those of repositories that the token may not read; the package is linked to none',
      );
    });
  }
  return api.one('listRepositoryAttestations', attestationsOfRepository, {
    params: { ...inParts(linked.fullName), subject_digest: digest },
  });
}

function attestedBy(
  entries: readonly unknown[],
  digest: string,
  { linked }: AttestationSources,
): AttestedBy {
  const repositoryName = (id: number) =>
    linked !== null && linked.id === id ? linked.fullName : `repository ${id}`;
  const all = entries.map((entry) => attestation(entry, digest, repositoryName));
  const says = (wanted: (one: Attestation) => boolean) => [
    ...new Set(all.filter(wanted).map((one) => one.says)),
  ];
  return {
    attestations: says(({ kind }) => kind === 'attestation'),
    signatures: says(({ kind, isProvenance }) => isProvenance || kind === 'signature'),
    doubts: says(({ kind }) => kind === 'doubt'),
    candidates: all.flatMap(({ candidate }) => (candidate === null ? [] : [candidate])),
  };
}
