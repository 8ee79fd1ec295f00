import type { Unknown } from '../../../model/fact.ts';
import type { Project } from '../decode/project.ts';
import { type Grant, type Grants, grantsOf } from './grants.ts';
import type { Principal } from './iam/member.ts';
import { type Ability, detourAbilities } from './iam/permissions.ts';
import { valueOr } from './parts.ts';
import type { ProjectFacts } from './project.ts';

/** A principal of the project that others can become. */
interface Target {
  readonly principal: Principal;
  readonly grants: readonly Grant[];
}

/**
 * The grants, and those that follow from them: whoever can become a service account of the project, or
 * an identity of its workload identity pools, can do what that one can. The policy of each service account
 * with access says who may act as it. Accounts of other projects are not followed: their project guards
 * them. Neither are Google's own agents, which act for the services that the project uses.
 */
export async function withImpersonation(
  { sure, doubts }: Grants,
  facts: ProjectFacts,
  now: Date,
): Promise<Grants> {
  const reasons: Unknown[] = [...doubts];
  const project = valueOr(facts.project, reasons);
  if (project === null) return { sure, doubts: reasons };
  const onAccounts = new Map<string, readonly Grant[]>();
  let all = sure;
  for (;;) {
    const targets = targetsOf(all, project);
    const unread = targets.filter(
      ({ principal }) => isOwnAccount(principal) && !onAccounts.has(principal.name),
    );
    for (const { principal } of unread) {
      const policy = await facts.accountPolicy(principal.name);
      const moment = { resource: '', now };
      const found = await grantsOf([policy], facts.shared, { moment, about: 'anybody' });
      onAccounts.set(principal.name, found.sure);
      reasons.push(...found.doubts);
    }
    const before = all.length;
    for (const target of targets) {
      const own = onAccounts.get(target.principal.name);
      const actors = actorsOf(target, all, own === undefined ? [] : own);
      all = withNew(
        all,
        actors.filter((actor) => !isOwnAgent(actor.principal, project)),
        target,
      );
    }
    if (all.length === before) return { sure: all, doubts: reasons };
  }
}

function targetsOf(grants: readonly Grant[], project: Project): readonly Target[] {
  const found = new Map<string, { principal: Principal; grants: Grant[] }>();
  for (const grant of grants) {
    const { principal } = grant;
    if (!belongs(principal, project) || gainedFrom([grant]).length === 0) continue;
    const target = found.get(principal.name);
    if (target === undefined) found.set(principal.name, { principal, grants: [grant] });
    else target.grants.push(grant);
  }
  return [...found.values()];
}

function belongs({ home }: Principal, { id, number }: Project): boolean {
  return home.kind === 'project' && (home.of === id || home.of === number);
}

function isOwnAgent(principal: Principal, project: Project): boolean {
  return principal.kind === 'service' && belongs(principal, project);
}

/** What somebody gains who becomes the holder of these grants; detours are followed one by one. */
function gainedFrom(grants: readonly Grant[]): readonly Ability[] {
  const all = new Set(grants.flatMap(({ abilities }) => abilities));
  return [...all].filter((ability) => !detourAbilities.includes(ability));
}

/** An account with a policy of its own; the one of Cloud Build lives in a project of Google's. */
function isOwnAccount({ account }: Principal): boolean {
  return account !== null && !account.endsWith('@cloudbuild.gserviceaccount.com');
}

/** Accounts as which Google starts builds and deployments of whoever asks for one. */
const provided = /^\d+(?:@cloudbuild\.|@cloudservices\.|-compute@developer\.)gserviceaccount\.com$/;
const pooled = /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\//;

/** Grants by which somebody can become the target. */
function actorsOf(
  { principal }: Target,
  all: readonly Grant[],
  onAccount: readonly Grant[],
): readonly Grant[] {
  const above = all.filter(({ level }) => level === 'above');
  const having = (grants: readonly Grant[], ability: Ability) =>
    grants.filter(({ abilities }) => abilities.includes(ability));
  if (pooled.test(principal.name)) return having(above, 'federate');
  const builders = provided.test(principal.name) ? having(above, 'build') : [];
  if (!isOwnAccount(principal)) return builders;
  const reaching = [...above, ...onAccount];
  const starters = new Set(having(above, 'start').map((grant) => grant.principal.name));
  return [
    ...builders,
    ...having(reaching, 'impersonate'),
    ...having(reaching, 'act-as').filter((grant) => starters.has(grant.principal.name)),
  ];
}

/** The grants with what the actors gain from the target, unless they have it already. */
function withNew(
  all: readonly Grant[],
  actors: readonly Grant[],
  { principal: target, grants }: Target,
): readonly Grant[] {
  const gained = gainedFrom(grants);
  const conditional = grants.every((grant) => grant.conditional);
  const found = [...all];
  for (const actor of actors) {
    if (actor.principal.name === target.name) continue;
    const held = found.filter(({ principal }) => principal.name === actor.principal.name);
    const abilities = gained.filter((one) => !held.some((grant) => grant.abilities.includes(one)));
    if (abilities.length === 0) continue;
    found.push({
      principal: actor.principal,
      abilities,
      via: `${actor.via}, as ${target.name}`,
      conditional: conditional || actor.conditional,
      level: 'account',
    });
  }
  return found;
}
