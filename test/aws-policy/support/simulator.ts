import { runSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/aws-policy/parse.ts';
import { outsideAccess } from '../../../src/providers/ecr/facts/outsiders.ts';
import { ecrPermissions } from '../../../src/providers/ecr/facts/permissions.ts';
import type { Request } from './concrete.ts';
import { type Json, OWN, OWN_ORG, REPOSITORY } from './policy.ts';
import { anyRequests, anyStatements } from './world.ts';

/** A policy and requests to it, compared with an evaluator that others wrote. */
export interface Comparison {
  readonly policies: number;
  readonly requests: number;
  /** Requests of strangers that the simulator allows. */
  readonly allowed: number;
  /** Those of them that stand beside a pass here: each is a false pass. */
  readonly missed: readonly { readonly statements: readonly Json[]; readonly request: string }[];
  /** Policies that are surely open here, and under which no request of a stranger was allowed. */
  readonly unconfirmed: readonly (readonly Json[])[];
}

type Judgment = 'pass' | 'fail' | 'unknown';

const now = '2026-12-01T08:00:00.000Z';
const place = { account: OWN, partition: 'aws', region: 'eu-west-1', takenAt: now };
const everything = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};
const actions = Object.keys(ecrPermissions).filter(
  (action) => action !== 'ecr:GetAuthorizationToken',
);
const requestsPerPolicy = 60;
const someActions = { minLength: 2, maxLength: 3 };

/**
 * Compares at least this many requests, always the same ones for a seed. `beside`: which judgments are
 * worth the simulator's time; only a pass can be a false pass.
 */
export async function compareWithSimulator(
  seed: number,
  requests: number,
  beside: readonly Judgment[],
): Promise<Comparison> {
  const cases = Math.ceil(requests / requestsPerPolicy);
  const samples = fc.sample(
    fc.tuple(anyStatements, anyRequests, fc.uniqueArray(fc.constantFrom(...actions), someActions)),
    {
      seed,
      numRuns: cases,
    },
  );
  const result = { policies: 0, requests: 0, allowed: 0, missed: [], unconfirmed: [] } as {
    policies: number;
    requests: number;
    allowed: number;
    missed: { statements: readonly Json[]; request: string }[];
    unconfirmed: (readonly Json[])[];
  };
  for (const [statements, all, picks] of samples) {
    result.policies += 1;
    result.requests += all.length;
    const verdict = judged(statements);
    if (!beside.includes(verdict)) continue;
    const allows = remembering(statements);
    let open = 0;
    for (const [at, one] of all.entries()) {
      const action = picks[at % picks.length] ?? 'ecr:PutImage';
      if (!isStranger(one) || !(await allows(one, action))) continue;
      open += 1;
      if (verdict === 'pass') result.missed.push({ statements, request: described(one, action) });
    }
    result.allowed += open;
    if (open === 0 && verdict === 'fail') result.unconfirmed.push(statements);
  }
  return result;
}

/** What the fact about access from outside amounts to when nobody is trusted but the own organisation. */
function judged(statements: readonly Json[]): Judgment {
  const policies = [parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }))];
  const { entries, doubts } = outsideAccess({ policies, organization: OWN_ORG }, place, REPOSITORY);
  if (entries.some(({ own }) => !own)) return 'fail';
  return doubts.length > 0 ? 'unknown' : 'pass';
}

/** Of another account and organisation, or a service that does not act for either. */
function isStranger({ account, service, context }: Request): boolean {
  const first = (key: string) => context.get(key)?.[0];
  if (service !== null)
    return first('aws:sourceaccount') !== OWN && first('aws:sourceorgid') !== OWN_ORG;
  return account !== OWN && first('aws:principalorgid') !== OWN_ORG && !isOwnNetwork(context);
}

/** What comes from endpoints of the own account or organisation counts as one's own. */
function isOwnNetwork(context: Request['context']): boolean {
  return (
    context.get('aws:vpceaccount')?.[0] === OWN || context.get('aws:vpceorgid')?.[0] === OWN_ORG
  );
}

/** Asks the simulator once about requests that differ in nothing that the policy speaks of. */
function remembering(statements: readonly Json[]) {
  const text = JSON.stringify(statements).toLowerCase();
  const known = new Map<string, Promise<boolean>>();
  return (one: Request, action: string): Promise<boolean> => {
    const spoken = [...one.context].filter(([key]) => text.includes(key));
    const named = [...one.arns, one.account ?? ''].filter((who) =>
      text.includes(who.toLowerCase()),
    );
    const key = JSON.stringify([named, one.service, action, spoken]);
    const answer = known.get(key) ?? isAllowed(statements, one, action);
    known.set(key, answer);
    return answer;
  };
}

async function isAllowed(
  statements: readonly Json[],
  { arns, service, context }: Request,
  action: string,
): Promise<boolean> {
  const variables = Object.fromEntries(
    [
      ...context,
      ['aws:resourceorgid', [OWN_ORG]] as const,
      ['aws:currenttime', [now]] as const,
    ].map(([key, values]) => [key, key.endsWith('paths') ? [...values] : (values[0] ?? '')]),
  );
  const answer = await runSimulation(
    {
      request: {
        principal: service ?? arns.at(-1) ?? '',
        action,
        resource: { resource: REPOSITORY, accountId: OWN },
        contextVariables: variables,
      },
      identityPolicies: service === null ? [{ name: 'all', policy: everything }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: { Version: '2012-10-17', Statement: statements },
    },
    {},
  );
  // The simulator refuses what AWS would not store; such a policy is in force nowhere.
  return answer.resultType !== 'error' && answer.overallResult === 'Allowed';
}

function described({ arns, service, context }: Request, action: string): string {
  return JSON.stringify({ who: service ?? arns.at(-1), action, ...Object.fromEntries(context) });
}
