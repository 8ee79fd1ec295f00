import type { Identity } from '../../../model/identity.ts';
import type { IamIdentity } from '../decode/iam.ts';
import { registryAdministration } from './abilities.ts';
import { allows, iamArn, mayDo, repositoryArn } from './iam-access.ts';
import { kindsOf } from './identity-kind.ts';
import type { Place } from './settings.ts';

/**
 * Writes of IAM that give their author any right there is, when they reach every identity or policy of the
 * account, and what they act on.
 */
const iamWrites = [
  ['user/*', ['iam:PutUserPolicy', 'iam:AttachUserPolicy']],
  ['role/*', ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy']],
  ['group/*', ['iam:PutGroupPolicy', 'iam:AttachGroupPolicy', 'iam:AddUserToGroup']],
  ['policy/*', ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion']],
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
  return iamWrites.some(([what, actions]) =>
    actions.some((action) => {
      const answer = allows(iam, action, iamArn(place, what), place);
      return answer.allows !== 'no' && answer.reach === 'every';
    }),
  );
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
