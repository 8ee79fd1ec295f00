import type { PolicyDocument } from '../../../aws-policy/document.ts';
import { parsePolicy } from '../../../aws-policy/parse.ts';
import {
  type Answer,
  AnswerError,
  flagAt,
  maybeObject,
  maybeObjects,
  maybeTexts,
  objectsAt,
  textAt,
} from '../../../http/answer.ts';

/** A user or role of the account with everything that grants it rights. */
export interface IamIdentity {
  readonly arn: string;
  readonly name: string;
  readonly kind: 'user' | 'role';
  /** Managed, inline and group policies together. */
  readonly policies: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
  /** Who may take the role; null for a user. */
  readonly trust: PolicyDocument | null;
  /** Names of the policies, for people. */
  readonly granted: readonly string[];
}

/** The four lists of GetAccountAuthorizationDetails, its pages put together. */
export interface AccountDetails {
  readonly users: readonly Answer[];
  readonly groups: readonly Answer[];
  readonly roles: readonly Answer[];
  readonly policies: readonly Answer[];
}

/** IAM API reference, GetAccountAuthorizationDetails. Policy texts are URL-encoded JSON. */
export function identitiesOf(details: AccountDetails): readonly IamIdentity[] {
  const managed = managedPolicies(details.policies);
  const groups = new Map(details.groups.map((group) => [textAt(group, 'GroupName'), group]));
  const grants = (entity: Answer, inline: string) => grantsOf(entity, inline, managed);
  const users = details.users.map((user): IamIdentity => {
    const own = [
      grants(user, 'UserPolicyList'),
      ...groupsOf(user, groups).map((group) => grants(group, 'GroupPolicyList')),
    ].flat();
    return { ...entityOf(user, 'UserName', own, managed), kind: 'user', trust: null };
  });
  const roles = details.roles.map(
    (role): IamIdentity => ({
      ...entityOf(role, 'RoleName', grants(role, 'RolePolicyList'), managed),
      kind: 'role',
      trust: decoded(textAt(role, 'AssumeRolePolicyDocument')),
    }),
  );
  return [...users, ...roles];
}

interface Grant {
  readonly name: string;
  readonly document: () => PolicyDocument;
}
type Managed = ReadonlyMap<string, () => PolicyDocument>;

function entityOf(entity: Answer, name: string, grants: readonly Grant[], managed: Managed) {
  const boundary = maybeObject(entity, 'PermissionsBoundary');
  return {
    arn: textAt(entity, 'Arn'),
    name: textAt(entity, name),
    policies: grants.map(({ document }) => document()),
    boundary:
      boundary === null
        ? undefined
        : managedBy(managed, textAt(boundary, 'PermissionsBoundaryArn'))(),
    granted: grants.map((grant) => grant.name),
  };
}

function groupsOf(user: Answer, groups: ReadonlyMap<string, Answer>): Answer[] {
  return maybeTexts(user, 'GroupList').map((name) => {
    const group = groups.get(name);
    if (group === undefined) throw new AnswerError(`GroupList names ${name}, which is not listed`);
    return group;
  });
}

function grantsOf(entity: Answer, inline: string, managed: Managed): Grant[] {
  const own = maybeObjects(entity, inline).map((policy) => ({
    name: `inline ${textAt(policy, 'PolicyName')}`,
    document: () => decoded(textAt(policy, 'PolicyDocument')),
  }));
  const attached = objectsAt(entity, 'AttachedManagedPolicies').map((policy) => ({
    name: textAt(policy, 'PolicyName'),
    document: managedBy(managed, textAt(policy, 'PolicyArn')),
  }));
  return [...own, ...attached];
}

/** Parsed when first needed: an account lists hundreds of policies that nobody of interest holds. */
function managedPolicies(policies: readonly Answer[]): Managed {
  return new Map(
    policies.map((policy) => {
      let document: PolicyDocument | undefined;
      return [
        textAt(policy, 'Arn'),
        () => {
          document = document === undefined ? decoded(defaultVersion(policy)) : document;
          return document;
        },
      ];
    }),
  );
}

function managedBy(managed: Managed, arn: string): () => PolicyDocument {
  const document = managed.get(arn);
  if (document === undefined)
    throw new AnswerError(`the policy ${arn} is attached, but not listed`);
  return document;
}

function defaultVersion(policy: Answer): string {
  const version = objectsAt(policy, 'PolicyVersionList').find((candidate) =>
    flagAt(candidate, 'IsDefaultVersion'),
  );
  if (version === undefined)
    throw new AnswerError(`${textAt(policy, 'Arn')} has no default version`);
  return textAt(version, 'Document');
}

function decoded(text: string): PolicyDocument {
  return parsePolicy(decodeURIComponent(text));
}
