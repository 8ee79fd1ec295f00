import type { Facts } from '../../../aws-policy/facts.ts';
import {
  type IdentityAccess,
  type IdentityQuestion,
  identityAllows,
} from '../../../aws-policy/identity.ts';
import type { IamIdentity } from '../decode/iam.ts';
import type { Place } from './settings.ts';

/** May the identity do this by its own policies, within a boundary that it cannot lift? */
export function allows(
  iam: IamIdentity,
  action: string,
  resource: string,
  place: Place,
): IdentityAccess {
  const within = liftsOwnBoundary(iam, place) ? undefined : iam.boundary;
  return identityAllows(iam.policies, question(iam, action, resource, place, within));
}

function question(
  iam: IamIdentity,
  action: string,
  resource: string,
  place: Place,
  boundary: IamIdentity['boundary'],
): IdentityQuestion {
  return {
    action,
    resource,
    boundary,
    known: identityFacts(iam, place),
    now: place.takenAt,
  };
}

/** What takes a boundary from an identity, or puts another in its place. */
const boundaryWrites: Readonly<Record<IamIdentity['kind'], readonly string[]>> = {
  user: ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'],
  role: ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
};

const lifts = new WeakMap<IamIdentity, boolean>();

/** Who may lift its own boundary is bound by nothing (IAM User Guide, access_policies_boundaries). */
function liftsOwnBoundary(iam: IamIdentity, place: Place): boolean {
  if (iam.boundary === undefined) return false;
  const lifted =
    lifts.get(iam) ??
    boundaryWrites[iam.kind].some(
      (action) =>
        identityAllows(iam.policies, question(iam, action, iam.arn, place, iam.boundary)).allows !==
        'no',
    );
  lifts.set(iam, lifted);
  return lifted;
}

/** Whether it may do any of these, surely or perhaps. */
export function mayDo(
  iam: IamIdentity,
  actions: readonly string[],
  resource: string,
  place: Place,
): boolean {
  return actions.some((action) => allows(iam, action, resource, place).allows !== 'no');
}

/**
 * What is known of every request of an identity (IAM User Guide, reference_policies_condition-keys,
 * Availability). A session carries the ARN of its role.
 */
export function identityFacts({ arn, name, kind }: IamIdentity, { account }: Place): Facts {
  const user = kind === 'user';
  return new Map([
    ['aws:principalarn', arn],
    ['aws:principalaccount', account],
    ['aws:principaltype', user ? 'User' : 'AssumedRole'],
    ['aws:principalisawsservice', 'false'],
    ['aws:principalservicename', null],
    ['aws:username', user ? name : null],
  ]);
}

export function repositoryArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:ecr:${region}:${account}:repository/${name}`;
}

/** The ARN of something in IAM: `user/*`, `role/ci`. */
export function iamArn({ partition, account }: Place, name: string): string {
  return `arn:${partition}:iam::${account}:${name}`;
}
