import type { Identity } from '../../../model/identity.ts';
import type { IamIdentity } from '../decode/iam.ts';
import { registryAdministration } from './abilities.ts';
import { groupTakeovers, rightsWrites, roleTakeovers } from './detour-actions.ts';
import { allows, iamArn, mayDo, repositoryArn } from './iam-access.ts';
import { kindsOf } from './identity-kind.ts';
import type { Place } from './settings.ts';

/**
 * Writes of IAM that give their author any right there is, when they reach every identity or policy of the
 * account, and what they act on.
 */
const iamWrites = [
  ['user/*', rightsWrites.user],
  ['role/*', [...rightsWrites.role, ...roleTakeovers]],
  ['group/*', [...rightsWrites.group, ...groupTakeovers]],
  ['policy/*', rightsWrites.policy],
] as const;

/** Whether the identity administers the registry, or IAM and with it everything. */
export function administers(iam: IamIdentity, place: Place): boolean {
  return (
    mayDo(iam, [registryAdministration], repositoryArn(place, '*'), place) ||
    administersIam(iam, place)
  );
}

/** Can the identity give itself, or take over, the rights of anybody in the account? */
export function administersIam(iam: IamIdentity, place: Place): boolean {
  const writesAll = iamWrites.some(([what, actions]) =>
    actions.some((action) => {
      const answer = allows(iam, action, iamArn(place, what), place);
      return answer.allows !== 'no' && answer.reach === 'every';
    }),
  );
  return writesAll || writesRightsOf(iam, iam, place);
}

/** Can `iam` give `target` any right there is: by its own policies, or by those of its groups? */
export function writesRightsOf(target: IamIdentity, iam: IamIdentity, place: Place): boolean {
  // Nobody but AWS changes a service-linked role.
  if (isServiceLinked(target)) return false;
  return (
    mayDo(iam, rightsWrites[target.kind], target.arn, place) ||
    target.groups.some((group) => mayDo(iam, rightsWrites.group, group, place)) ||
    target.managed.some(
      (policy) => !isOfAws(policy) && mayDo(iam, rightsWrites.policy, policy, place),
    )
  );
}

/** Whether a role belongs to a service of AWS, which alone takes and changes it. */
export function isServiceLinked({ arn }: IamIdentity): boolean {
  return arn.includes(':role/aws-service-role/');
}

/** Policies of AWS have no account in their ARN, and nobody changes them. */
function isOfAws(policy: string): boolean {
  return policy.includes(':iam::aws:policy/');
}

/** Describes identities of an account as the model does. */
export type Describe = (iam: IamIdentity, via?: string) => Identity;

export function describing(all: readonly IamIdentity[], place: Place): Describe {
  const kind = kindsOf(all, place);
  return (iam, via = iam.granted.slice(0, 5).join(', ')) => ({
    kind: kind(iam),
    name: iam.arn,
    via,
    foreign: false,
    administrator: administers(iam, place),
  });
}

export function administratorsOf(all: readonly IamIdentity[], place: Place): Identity[] {
  const describe = describing(all, place);
  return all.filter((iam) => administers(iam, place)).map((iam) => describe(iam));
}
