import type { Unknown } from '../../../model/fact.ts';
import type { Project } from '../decode/project.ts';
import { type Grant, type Grants, grantsOf } from './grants.ts';
import type { Principal } from './iam/member.ts';
import { type Ability, detourAbilities } from './iam/permissions.ts';
import { valueOr } from './parts.ts';
import type { ProjectFacts } from './project.ts';

/** A principal of the project that others can impersonate. */
interface Target {
  readonly principal: Principal;
  readonly grants: readonly Grant[];
}

/**
 * Adds the grants that follow by impersonation: a principal that can become a service account of the project,
 * or an identity of its workload identity pools, has the abilities of that one. Reads the policy of each
 * service account with access. Does not follow service accounts of other projects, which their own project
 * protects, and Google's service agents, which act for services that the project uses.
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

/** Abilities gained by impersonating the holder of these grants. Detours are resolved step by step. */
function gainedFrom(grants: readonly Grant[]): readonly Ability[] {
  const all = new Set(grants.flatMap(({ abilities }) => abilities));
  return [...all].filter((ability) => !detourAbilities.includes(ability));
}

/** Service account whose policy can be read. The one of Cloud Build belongs to a project of Google. */
function isOwnAccount({ account }: Principal): boolean {
  return account !== null && !account.endsWith('@cloudbuild.gserviceaccount.com');
}

/** Service accounts that run the builds and deployments of any caller allowed to create one. */
const provided = /^\d+(?:@cloudbuild\.|@cloudservices\.|-compute@developer\.)gserviceaccount\.com$/;
const pooled = /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\//;

/** Grants that allow a principal to impersonate the target. */
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

/** Adds the abilities that the actors gain from the target and do not have yet. */
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
