import type { PolicyDocument } from '../../../aws-policy/document.ts';
import type { Grantee } from '../../../aws-policy/grantee.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import { gapOf } from '../../parts.ts';
import type { IamIdentity } from '../decode/iam.ts';
import { newActions } from './abilities.ts';
import type { Detours } from './detours.ts';
import { allows } from './iam-access.ts';
import { allowedAt, type Candidate, presentAt } from './identities.ts';
import type { Outsider } from './outsider.ts';
import { granted, outsidersWith } from './outsiders.ts';
import { numberOf, type Policies, type Resource, type World } from './policies.ts';
import type { Place } from './settings.ts';
import { type Sure, sureList } from './sure.ts';

/** An ability: the actions that amount to it, by IAM and for outsiders. */
export interface Doing {
  readonly actions: readonly string[];
  readonly outside: readonly string[];
  /** Who in the account may have it at some repository. */
  readonly candidates: () => Promise<Fact<readonly Candidate[]>>;
}

/** All identities of the account, and who can act as others. */
export interface Account {
  readonly all: readonly IamIdentity[];
  readonly detours: Detours;
}

export interface DoersScene {
  readonly policies: Policies;
  readonly policy: () => Promise<Fact<PolicyDocument | null>>;
  readonly account: () => Promise<Fact<Account>>;
  readonly place: Place;
  readonly resource: Resource;
}

/** Everybody who has an ability: identities of the account by IAM or by policy, and outsiders by policy. */
export async function doersOf(
  { policies, policy, account, place, resource }: DoersScene,
  { actions, outside, candidates }: Doing,
): Promise<Fact<Identity[]>> {
  const [own, text, identities] = await Promise.all([candidates(), policy(), account()]);
  if (own.state !== 'known') return gapOf(own);
  if (identities.state !== 'known') return identities;
  const { all, detours } = identities.value;
  const { arn } = resource;
  const here = presentAt(own.value, arn, actions, place);
  const who = here.map(({ iam }) => numberOf(iam)).join();
  const question = { name: `${actions.join()} by ${who}`, resource };
  const judged = await policies.together(text, question, (world): Sure<Identity> => {
    const strangers = outsidersWith(world, place, arn, outside);
    const inside = allowedAt(here, world, place, arn, actions);
    const direct = inside.map(({ identity }) => identity);
    const named = namedByPolicy(world, place, arn, outside, direct);
    const listed = new Set([...direct, ...named].map(({ name }) => name));
    const around = detours(inside.map(({ iam }) => iam)).filter(({ name }) => !listed.has(name));
    return {
      entries: [...strangers.entries.map(identityOf), ...direct, ...named, ...around],
      doubts: [...strangers.doubts, ...unheardOf(all, direct, place, arn)],
    };
  });
  return sureList(judged);
}

/** Identities of the account that a resource policy names. The policy does not tell who is behind them. */
function namedByPolicy(
  world: World,
  place: Place,
  arn: string,
  actions: readonly string[],
  listed: readonly Identity[],
): Identity[] {
  const already = new Set(listed.map(({ name }) => name));
  return granted(world, place, arn, actions).grantees.flatMap((grantee): Identity[] => {
    const name = ownName(grantee);
    if (name === null || already.has(name)) return [];
    already.add(name);
    return [{ kind: 'group', name, via: 'the policy', foreign: false, administrator: false }];
  });
}

function ownName(grantee: Grantee): string | null {
  if (grantee.kind === 'principal' && grantee.own) return grantee.arn;
  return grantee.kind === 'federated' && grantee.own ? grantee.provider : null;
}

/** Identities whose own policies allow an action of ECR that is not in the table. */
function unheardOf(
  all: readonly IamIdentity[],
  listed: readonly Identity[],
  place: Place,
  arn: string,
): string[] {
  const already = new Set(listed.map(({ name }) => name));
  return all.flatMap((iam) => {
    if (already.has(iam.arn)) return [];
    const strange = newActions(iam.policies).filter(
      (action) => allows(iam, action, arn, place).allows !== 'no',
    );
    return strange.map((action) => `${iam.arn} has ${action}, and what that allows is not known`);
  });
}

const kinds = {
  'everyone-signed-in': 'everyone-signed-in',
  organization: 'organization',
  account: 'account',
  principal: 'workload',
  service: 'service',
  tenant: 'account',
  anyone: 'anyone',
} as const;

/** An outsider that can push or delete, as an identity. */
export function identityOf({ kind, id, via }: Outsider): Identity {
  return { kind: kinds[kind], name: id, via, foreign: true, administrator: false };
}
