import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { join, known } from '../../facts.ts';
import type { Belonging, Grant } from './grants.ts';
import type { Home, Principal } from './iam/member.ts';
import type { ProjectFacts } from './project.ts';

/**
 * What tells whether somebody belongs to the project or its organisation. Projects compare by id and
 * number, domains with that of the organisation's people, which is asked for only if `strictly` and if
 * somebody is known by a domain.
 */
export async function belongingOf(
  facts: ProjectFacts,
  homes: readonly Home[],
  strictly: boolean,
): Promise<Fact<Belonging>> {
  const domains = strictly && homes.some(({ kind }) => kind === 'domain' || kind === 'untold');
  const own = domains ? await ownDomain(facts) : unasked;
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
            return domain === null ? null : home.of !== domain;
          case 'untold':
            return null;
        }
      },
  );
}

const unasked = known('GetOrganization', '', () => null);

/** Null: the project is in no organisation, so there is no domain of its own. */
async function ownDomain(facts: ProjectFacts): Promise<Fact<string | null>> {
  const organization = await facts.organization();
  if (organization.state !== 'known') return organization;
  const { value } = organization;
  return value === null ? join([organization], () => null) : facts.shared.domainOf(value);
}

type Outside = ValueOf<RepositoryFacts['outsideAccess']>;
type Right = Outside[number]['can'][number];

const rights: readonly (readonly [Grant['abilities'][number], Right])[] = [
  ['pull', 'pull'],
  ['push', 'push'],
  ['delete', 'delete'],
  ['administer', 'administer'],
];

/** Everybody from outside, with all that they may do and the first grant that gives it. */
export function outsideAccess(
  grants: readonly Grant[],
  foreign: (principal: Principal) => boolean,
): Outside {
  const found = new Map<string, Outside[number]>();
  for (const { principal, abilities, via } of grants) {
    const can = rights.flatMap(([ability, right]) => (abilities.includes(ability) ? [right] : []));
    if (can.length === 0 || !foreign(principal)) continue;
    const before = found.get(principal.name);
    found.set(principal.name, {
      kind: kinds[principal.kind],
      id: principal.name,
      account: principal.home.kind === 'repositoryDefaults' ? '' : principal.home.of,
      own: false,
      can: [...new Set([...(before?.can ?? []), ...can])],
      via: before?.via ?? via,
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
