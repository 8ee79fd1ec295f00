import type { Fact, Unknown, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { type Belonging, type Grant, type Grants, holders } from './grants.ts';
import type { Principal } from './iam/member.ts';
import type { Ability } from './iam/permissions.ts';
import { decoded, listed, valueOr } from './parts.ts';
import type { ProjectFacts } from './project.ts';

/**
 * Decides whether a principal belongs to the project or its organisation. Projects compare by id and
 * number, domains with the primary domain of the organisation, which is read only if a grant names a
 * principal by its domain.
 */
async function belongingOf(
  facts: ProjectFacts,
  grants: readonly Grant[],
): Promise<Fact<Belonging>> {
  const homes = grants.map(({ principal }) => principal.home.kind);
  const own = homes.includes('domain') ? await ownDomain(facts) : unasked;
  return join(
    [facts.project, await facts.ancestors(), own],
    ({ id, number }, ancestors, domain): Belonging =>
      ({ home }) => {
        switch (home.kind) {
          case 'repositoryDefaults':
            return true;
          case 'project':
            return home.of !== id && home.of !== number;
          case 'organization':
            return !ancestors.some((ancestor) => ancestor.id === home.of);
          case 'domain':
            if (consumers.includes(home.of)) return true;
            // The API returns the primary domain alone; an organisation may have more.
            return home.of === domain ? false : null;
          case 'untold':
            return null;
        }
      },
  );
}

const read = ['GetProject', 'GetRole'];

/** Domains in which anybody can open an account. */
const consumers = ['gmail.com', 'googlemail.com'];

const unasked = known('GetOrganization', '', () => null);

/** Null: the project is in no organisation, so there is no domain of its own. */
async function ownDomain(facts: ProjectFacts): Promise<Fact<string | null>> {
  const organization = await facts.organization();
  if (organization.state !== 'known') return gapOf(organization);
  const { value } = organization;
  return value === null ? join([organization], () => null) : facts.shared.domainOf(value);
}

/** A person who pushes is no pipeline, wherever they belong: unclear homes count as own. */
export async function pushersOf(
  facts: ProjectFacts,
  { sure, doubts }: Grants,
): Promise<RepositoryFacts['pushers']> {
  return roughly(facts, doubts, sure, ['push', 'move-tag']);
}

export async function administratorsOf(
  facts: ProjectFacts,
  { sure, doubts }: Grants,
): Promise<RegistryFacts['administrators']> {
  return roughly(facts, doubts, sure, ['administer']);
}

/** Holders of the abilities. Foreign are only those that certainly belong to another project or organisation. */
async function roughly(
  facts: ProjectFacts,
  doubts: readonly Unknown[],
  sure: readonly Grant[],
  abilities: readonly Ability[],
) {
  const missing = [...doubts];
  const belongs = await belongingOf(facts, []);
  const foreign = valueOr(belongs, missing);
  if (foreign === null) return listed(read, [], missing);
  return listed(
    read,
    holders(sure, abilities, (principal) => foreign(principal) === true),
    missing,
  );
}

export async function deletersOf(
  facts: ProjectFacts,
  grants: Grants,
): Promise<RepositoryFacts['deleters']> {
  const { foreign, missing, certain } = await certainOf(facts, grants, ['delete']);
  return listed(read, holders(certain, ['delete'], foreign), missing);
}

/** Splits the grants: those to principals whose home is certain, and a reason for each of the others. */
async function certainOf(
  facts: ProjectFacts,
  { sure, doubts }: Grants,
  wanted: readonly Ability[],
) {
  const missing = [...doubts];
  const able = sure.filter(({ abilities }) => abilities.some((one) => wanted.includes(one)));
  const belongs = valueOr(await belongingOf(facts, able), missing);
  if (belongs === null) return { foreign: () => true, missing, certain: [] };
  const unclear = new Set(
    able.map(({ principal }) => principal).filter((one) => belongs(one) === null),
  );
  for (const name of new Set([...unclear].map(formatPrincipal))) {
    const doubt = () => {
      throw new Inconclusive(`whether ${name} belongs to the owner of the project cannot be told`);
    };
    decoded('GetOrganization', name, doubt, missing);
  }
  const certain = able.filter(({ principal }) => !unclear.has(principal));
  return { foreign: (principal: Principal) => belongs(principal) === true, missing, certain };
}

function formatPrincipal({ name }: Principal): string {
  return name;
}

type Outside = ValueOf<RepositoryFacts['outsideAccess']>;
type Right = Outside[number]['can'][number];

const rights: Partial<Readonly<Record<Ability, Right>>> = {
  pull: 'pull',
  push: 'push',
  'move-tag': 'push',
  delete: 'delete',
  administer: 'administer',
  list: 'read-settings',
  read: 'read-settings',
};

const rightsOrder: readonly Right[] = ['pull', 'push', 'delete', 'administer', 'read-settings'];

/** Every principal from outside, with all of its rights and the first grant that gives one. */
export async function outsideAccess(
  facts: ProjectFacts,
  grants: Grants,
): Promise<RepositoryFacts['outsideAccess']> {
  const wanted = Object.keys(rights) as Ability[];
  const { foreign, missing, certain } = await certainOf(facts, grants, wanted);
  return listed(read, outsiders(certain.filter(({ principal }) => foreign(principal))), missing);
}

function outsiders(grants: readonly Grant[]): Outside {
  const found = new Map<string, Outside[number]>();
  for (const { principal, abilities, via } of grants) {
    const before = found.get(principal.name);
    const can = new Set([
      ...(before === undefined ? [] : before.can),
      ...abilities.flatMap((ability) => rights[ability] ?? []),
    ]);
    found.set(principal.name, {
      kind: kinds[principal.kind],
      id: principal.name,
      account: principal.home.kind === 'repositoryDefaults' ? '' : principal.home.of,
      own: false,
      can: rightsOrder.filter((right) => can.has(right)),
      via: before === undefined ? via : before.via,
    });
  }
  return [...found.values()];
}

const kinds = {
  person: 'principal',
  group: 'principal',
  workload: 'principal',
  service: 'service',
  account: 'account',
  organization: 'organization',
  'everyone-signed-in': 'everyone-signed-in',
  anyone: 'anyone',
} as const;
