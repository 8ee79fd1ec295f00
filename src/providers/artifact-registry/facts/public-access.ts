import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive, join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { Described } from '../decode/repository.ts';
import { fromAll, type Grant, type Grants, grantsOf } from './grants.ts';
import type { Layer } from './project.ts';
import type { RepositoryPolicies } from './repository-policies.ts';

type PublicPull = ValueOf<RepositoryFacts['publicPull']>;

/**
 * Public if the repository's policy says so, one above it, or that of a virtual repository which serves its
 * images. One proof is enough, even if other policies are denied.
 */
export async function publicPull(
  policies: RepositoryPolicies,
  repository: Described,
  now: Date,
): Promise<RepositoryFacts['publicPull']> {
  const readersOf = async (
    layers: readonly Fact<readonly Layer[]>[],
    of: Described,
    through = '',
  ) => openness(await publicGrants(policies, layers, of, now), through);
  const judged = await readersOf([await policies.own(repository)], repository);
  if (judged.state === 'known' && judged.value.mode !== 'nobody') return judged;
  const inherited = await readersOf(await policies.project.layers(), repository);
  const servers = await policies.servedBy(repository);
  const through = await Promise.all(
    (servers.state === 'known' ? servers.value : []).map(async (server) =>
      readersOf(
        [await policies.own(server)],
        server,
        `, through the virtual repository ${server.name}`,
      ),
    ),
  );
  const facts = [judged, inherited, ...through];
  const proof = proofIn(facts, 'anyone') ?? proofIn(facts, 'any-account');
  return proof ?? join([...facts, servers], () => ({ mode: 'nobody' }));
}

function proofIn(facts: readonly Fact<PublicPull>[], mode: PublicPull['mode']) {
  return facts.find((fact) => fact.state === 'known' && fact.value.mode === mode);
}

async function publicGrants(
  { project }: RepositoryPolicies,
  layers: readonly Fact<readonly Layer[]>[],
  { path }: Described,
  now: Date,
): Promise<Grants> {
  return grantsOf(layers, project.shared, { moment: { resource: path, now }, about: 'public' });
}

/** One unconditional public grant decides, whatever else is unknown. */
function openness({ sure, doubts }: Grants, through: string): Fact<PublicPull> {
  const readers = sure.filter(({ abilities }) => abilities.includes('pull'));
  for (const [kind, mode] of modes) {
    const grant = readers.find(
      ({ principal, conditional }) => principal.kind === kind && !conditional,
    );
    if (grant === undefined) continue;
    const how = `${grant.principal.name} has ${grant.via}${through}`;
    return fromAll({ sure, doubts: [] }, (): PublicPull => ({ mode, how }));
  }
  return fromAll({ sure, doubts }, (): PublicPull => {
    const [doubtful] = readers;
    if (doubtful === undefined) return { mode: 'nobody' };
    throw new Inconclusive(`whether ${doubtful.principal.name} can pull depends on a condition`);
  });
}

const modes = [
  ['anyone', 'anyone'],
  ['everyone-signed-in', 'any-account'],
] as const;

/** `allAuthenticatedUsers` have signed in: the lists of principals name them, not this fact. */
export function isAnonymous({ principal }: Grant): boolean {
  return principal.kind === 'anyone';
}

/** Accepted if one policy grants it; refused only if every policy of this location is known and none does. */
export async function anonymousPush(
  policies: RepositoryPolicies,
  publicAbove: () => Promise<Grants>,
  now: Date,
): Promise<RegistryFacts['anonymousPush']> {
  const repositories = await policies.repositories();
  if (repositories.state !== 'known') return gapOf(repositories);
  const each = await Promise.all(
    repositories.value.map(async (repository) =>
      publicGrants(policies, [await policies.own(repository)], repository, now),
    ),
  );
  const all = [await publicAbove(), ...each];
  const sure = all.flatMap((grants) => grants.sure);
  const grant = sure.find(
    (one) => isAnonymous(one) && pushing.some((ability) => one.abilities.includes(ability)),
  );
  if (grant !== undefined) {
    const how = `${grant.principal.name} has ${grant.via}`;
    return fromAll({ sure, doubts: [] }, () => ({ mode: 'accepted', how }));
  }
  const doubts = all.flatMap((grants) => grants.doubts);
  return fromAll({ sure, doubts }, () => ({ mode: 'refused' }));
}

const pushing = ['push', 'move-tag'] as const;
