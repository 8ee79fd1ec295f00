import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive, join } from '../../facts.ts';
import type {
  AdmissionPolicy,
  AdmissionRule,
  Attestor,
  Runtime,
} from '../decode/binary-authorization.ts';
import type { ProjectFacts } from './project.ts';

type Signing = ValueOf<RepositoryFacts['signing']>;
type Gate = ValueOf<RepositoryFacts['signatureGate']>;

/** Google signs no images; what can be set up for signed ones are attestors of Binary Authorization. */
export async function signing(facts: ProjectFacts): Promise<RepositoryFacts['signing']> {
  return join([await facts.attestors()], (attestors): Signing => {
    const able = attestors.filter(({ keys }) => keys > 0);
    const by = (list: readonly Attestor[]) =>
      `the keys of attestors ${list.map(shortName).join(', ')}`;
    if (able.length > 0) return { mode: 'on', by: by(able) };
    if (attestors.length === 0) {
      return { mode: 'off', why: 'Binary Authorization has no attestors in the project' };
    }
    return {
      mode: 'broken',
      by: `attestors ${attestors.map(shortName).join(', ')}`,
      why: 'no attestor has a key',
    };
  });
}

function shortName({ name }: { readonly name: string }): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** What images of a repository are called at deployment, but for their own names. */
export interface ImagePlace {
  /** `europe-west4-docker.pkg.dev/P/R`; one that stands for gcr.io goes by that name as well. */
  readonly uris: readonly string[];
}

/**
 * Whether Binary Authorization refuses images of a repository that nobody attested: the policy must
 * block, no exemption may cover the repository, every attestor must have a key, and all that starts
 * images in the project must enforce the policy. Other projects that start its images are not audited here.
 */
export async function signatureGate(
  facts: ProjectFacts,
  place: ImagePlace,
): Promise<RepositoryFacts['signatureGate']> {
  const policy = await facts.admission();
  if (policy.state !== 'known') return policy;
  const { value } = policy;
  const open = value === null ? ({ mode: 'none' } as const) : holesOf(value, place);
  if (value === null || open !== null) return join([policy], () => open ?? { mode: 'none' });
  return join([policy, await facts.attestors(), await facts.runtimes()], (_, attestors, runtimes) =>
    enforced(value, attestors, runtimes),
  );
}

/** What of the policy alone lets unattested images in; null: nothing. */
function holesOf({ rules, exempt }: AdmissionPolicy, place: ImagePlace): Gate | null {
  const loose = rules.filter(({ evaluation }) => evaluation === 'ALWAYS_ALLOW');
  if (loose.length === rules.length) return { mode: 'none' };
  const [first] = loose;
  if (first !== undefined) return incomplete(`${first.where} lets every image in`);
  const logging = rules.filter(({ blocks }) => !blocks);
  if (logging.length === rules.length) return { mode: 'audit-only' };
  const [tried] = logging;
  if (tried !== undefined) return incomplete(`the rule for ${tried.where} only writes to a log`);
  const pattern = exempt.find((candidate) => place.uris.some((uri) => mayCover(candidate, uri)));
  return pattern === undefined ? null : incomplete(`images of ${pattern} are exempt`);
}

function incomplete(why: string): Gate {
  return { mode: 'incomplete', why };
}

function enforced(
  { rules }: AdmissionPolicy,
  attestors: readonly Attestor[],
  runtimes: readonly Runtime[],
): Gate {
  if (runtimes.length === 0) {
    throw new Inconclusive(
      'the policy requires attestations, but nothing in this project starts images, and what other projects start is not known here',
    );
  }
  const careless = runtimes.find(({ enforces }) => enforces === 'none');
  if (careless !== undefined) return incomplete(`${careless.name} does not enforce the policy`);
  const other = runtimes.find(({ enforces }) => enforces === 'another');
  if (other !== undefined) {
    throw new Inconclusive(`${other.name} enforces a platform policy, which is not read`);
  }
  const named = new Set(rules.flatMap((rule: AdmissionRule) => rule.attestors));
  for (const rule of rules) {
    if (rule.evaluation === 'REQUIRE_ATTESTATION' && rule.attestors.length === 0) {
      throw new Inconclusive(`the rule for ${rule.where} names no attestor`);
    }
  }
  for (const name of named) {
    const attestor = attestors.find((candidate) => candidate.name === name);
    if (attestor === undefined) {
      throw new Inconclusive(
        `attestor ${name} is not one of this project, so its keys are not known`,
      );
    }
    // An attestor without keys accepts nothing: safe, but nothing is verified.
    if (attestor.keys === 0) throw new Inconclusive(`attestor ${name} has no key`);
  }
  const who = [...named].map((name) => shortName({ name })).join(', ');
  return {
    mode: 'verifies',
    identity:
      who === ''
        ? 'nobody (Binary Authorization denies every deployment in the project)'
        : `the attestors ${who} (Binary Authorization, in the clusters and on Cloud Run in the project)`,
  };
}

/**
 * Could an exemption cover an image of the repository? `*` stands for anything but a slash and `**` at
 * the end for anything (Binary Authorization, policy YAML reference). Both are read as anything: too
 * many are taken for exempt rather than too few.
 */
export function mayCover(pattern: string, repository: string): boolean {
  const start = pattern.split('*')[0] ?? '';
  const inside = `${repository}/`;
  if (!pattern.includes('*')) return pattern.startsWith(inside);
  if (start.startsWith(inside)) return true;
  return wildcardMatches(pattern.replace(/\*+/g, '*'), inside);
}

/** Can the pattern match some text that begins with `beginning`? */
function wildcardMatches(pattern: string, beginning: string): boolean {
  const reach = new Set([0]);
  for (const sign of beginning) {
    const next = new Set<number>();
    for (const at of spread(reach, pattern)) {
      if (pattern[at] === '*') next.add(at);
      else if (pattern[at] === sign) next.add(at + 1);
    }
    reach.clear();
    for (const at of next) reach.add(at);
    if (reach.size === 0) return false;
  }
  return true;
}

/** A star may also stand for nothing. */
function spread(reach: ReadonlySet<number>, pattern: string): Set<number> {
  const all = new Set<number>();
  for (let at of reach) {
    all.add(at);
    while (pattern[at] === '*') {
      at += 1;
      all.add(at);
    }
  }
  return all;
}
