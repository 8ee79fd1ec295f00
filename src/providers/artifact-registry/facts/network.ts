import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import {
  type AccessLevel,
  type Border,
  fetchesFromOutside,
  type Ingress,
  type Perimeter,
} from '../decode/perimeters.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import type { ProjectFacts } from './project.ts';

/*
 * Artifact Registry has no network rules of its own. What limits networks is a perimeter of VPC Service
 * Controls around the project; it is kept by the organisation. Several may be configured, but a project
 * is in one regular perimeter at most. Only what is in `status` is in force; `spec` is a dry run.
 */

const service = 'artifactregistry.googleapis.com';

interface Found {
  readonly inForce: { readonly title: string; readonly border: Border } | null;
  readonly triedOut: string | null;
  /** `projects/NUMBER` */
  readonly self: string;
  readonly organization: string;
}

/** The perimeter around the project. Null: it is in no organisation, and so in no perimeter. */
export async function perimeterOf(facts: ProjectFacts): Promise<Fact<Found | null>> {
  const organization = await facts.organization();
  if (organization.state !== 'known') return organization;
  const { value } = organization;
  if (value === null) return join([organization], () => null);
  const perimeters = await facts.shared.perimetersOf(value);
  return join([facts.project, perimeters], ({ number }, all): Found => {
    const self = `projects/${number}`;
    const regular = all.filter(({ restricts }) => restricts);
    const around = regular.find(({ inForce }) => guards(inForce, self));
    const tried = regular.find(({ triedOut }) => guards(triedOut, self));
    return {
      inForce: inForceOf(around),
      triedOut: tried?.title ?? null,
      self,
      organization: value,
    };
  });
}

function inForceOf(perimeter: Perimeter | undefined): Found['inForce'] {
  if (perimeter === undefined || perimeter.inForce === null) return null;
  return { title: perimeter.title, border: perimeter.inForce };
}

function guards(border: Border | null, self: string): boolean {
  if (border === null) return false;
  return border.resources.includes(self) && border.services.includes(service);
}

type NetworkAccess = ValueOf<RegistryFacts['networkAccess']>;

export async function networkAccess(facts: ProjectFacts): Promise<RegistryFacts['networkAccess']> {
  const found = await perimeterOf(facts);
  if (found.state !== 'known' || found.value === null || found.value.inForce === null) {
    return join([found], openBecause);
  }
  const { inForce, self, organization } = found.value;
  const { border, title } = inForce;
  const letIn = border.ingress.filter((rule) => concerns(rule, self));
  const sources = [...border.accessLevels, ...letIn.flatMap((rule) => rule.sources)];
  const anywhere = letIn.find((rule) => rule.sources.includes('*'));
  if (anywhere !== undefined) {
    const who = anywhere.identities.join(', ') || 'somebody';
    return join([found], () => ({
      mode: 'open',
      reason: 'chosen',
      detail: `an ingress rule of perimeter ${title} admits ${who} from anywhere`,
    }));
  }
  const levels = sources.filter((source) => source.includes('/accessLevels/'));
  const known =
    levels.length === 0
      ? join([found], (): readonly AccessLevel[] => [])
      : await facts.shared.accessLevelsOf(organization);
  return join([found, known], (_, all): NetworkAccess => {
    if (letIn.some((rule) => rule.sources.length === 0)) {
      throw new Inconclusive(`an ingress rule of perimeter ${title} names no source`);
    }
    return {
      mode: 'limited',
      ranges: [...new Set(levels.flatMap((name) => rangesOf(name, all)))],
      networks: [
        `perimeter ${title}`,
        ...sources.filter((source) => !source.includes('/accessLevels/')),
      ],
    };
  });
}

function openBecause(found: Found | null): NetworkAccess {
  const open = { mode: 'open', reason: 'chosen' } as const;
  if (found === null) {
    return { ...open, detail: 'the project is in no organisation that could have a perimeter' };
  }
  return {
    ...open,
    detail:
      found.triedOut === null
        ? 'no perimeter of VPC Service Controls restricts Artifact Registry for the project'
        : `perimeter ${found.triedOut} is in dry-run mode`,
  };
}

/** Rules for other services or other projects of the perimeter let nobody in here. */
function concerns({ services, resources }: Ingress, self: string): boolean {
  return (
    services.some((name) => name === '*' || name === service) &&
    resources.some((name) => name === '*' || name === self)
  );
}

function rangesOf(name: string, all: readonly AccessLevel[]): readonly string[] {
  const level = all.find((candidate) => candidate.name === name);
  if (level === undefined) throw new Inconclusive(`access level ${name} is not listed`);
  if (level.ranges === null) {
    throw new Inconclusive(`access level ${name} asks for more than an address`);
  }
  return level.ranges;
}

/** Remote repositories may be allowed to fetch past the perimeter that is around them. */
export async function networkBypass(
  facts: ProjectFacts,
  api: ArtifactRegistryApi,
  location: string,
): Promise<RegistryFacts['networkBypass']> {
  const found = await perimeterOf(facts);
  if (found.state === 'unknown') return found;
  if (found.state === 'unsupported' || found.value === null || found.value.inForce === null) {
    return unsupported('the project is in no perimeter that could be bypassed');
  }
  const name = `${facts.path}/locations/${location}/vpcscConfig`;
  const config = await api.official('GetVpcscConfig', { name }, (raw) =>
    fetchesFromOutside(raw, location),
  );
  return join([found, config], (_, allowed) =>
    allowed
      ? { mode: 'allowed', who: ['remote repositories, which fetch from outside the perimeter'] }
      : { mode: 'none' },
  );
}

/** A perimeter in dry-run mode is stored and not enforced. */
export async function settingsInForce(
  facts: ProjectFacts,
): Promise<RegistryFacts['settingsInForce']> {
  return join([await perimeterOf(facts)], (found) => {
    if (found === null) return { mode: 'nothing-stored' };
    if (found.inForce !== null) return { mode: 'yes' };
    return found.triedOut === null
      ? { mode: 'nothing-stored' }
      : { mode: 'no', stored: `perimeter ${found.triedOut} around Artifact Registry (dry run)` };
  });
}
