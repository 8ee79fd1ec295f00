import type { PolicyDocument } from '../../../aws-policy/document.ts';
import { parsePolicy } from '../../../aws-policy/parse.ts';
import {
  booleanAt,
  DecodeError,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeStrings,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

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
  /** ARNs of the groups of a user. */
  readonly groups: readonly string[];
  /** ARNs of the managed policies among `policies`. */
  readonly managed: readonly string[];
}

/** The four lists of GetAccountAuthorizationDetails, its pages put together. */
export interface AccountDetails {
  readonly users: readonly JsonObject[];
  readonly groups: readonly JsonObject[];
  readonly roles: readonly JsonObject[];
  readonly policies: readonly JsonObject[];
}

/** IAM API reference, GetAccountAuthorizationDetails. Policy texts are URL-encoded JSON. */
export function identitiesOf(details: AccountDetails): readonly IamIdentity[] {
  const managed = managedPolicies(details.policies);
  const groups = new Map(details.groups.map((group) => [stringAt(group, 'GroupName'), group]));
  const grants = (entity: JsonObject, inline: string) => grantsOf(entity, inline, managed);
  const users = details.users.map((user): IamIdentity => {
    const memberOf = groupsOf(user, groups);
    const own = [
      grants(user, 'UserPolicyList'),
      ...memberOf.map((group) => grants(group, 'GroupPolicyList')),
    ].flat();
    return {
      ...entityOf(user, 'UserName', own, managed),
      kind: 'user',
      trust: null,
      groups: memberOf.map((group) => stringAt(group, 'Arn')),
    };
  });
  const roles = details.roles.map(
    (role): IamIdentity => ({
      ...entityOf(role, 'RoleName', grants(role, 'RolePolicyList'), managed),
      kind: 'role',
      trust: decoded(stringAt(role, 'AssumeRolePolicyDocument')),
      groups: [],
    }),
  );
  return [...users, ...roles];
}

interface Grant {
  readonly name: string;
  /** Of a managed policy; null: it is inline. */
  readonly arn: string | null;
  readonly document: () => PolicyDocument;
}
type Managed = ReadonlyMap<string, () => PolicyDocument>;

function entityOf(entity: JsonObject, name: string, grants: readonly Grant[], managed: Managed) {
  const boundary = maybeObject(entity, 'PermissionsBoundary');
  return {
    arn: stringAt(entity, 'Arn'),
    name: stringAt(entity, name),
    policies: grants.map(({ document }) => document()),
    boundary:
      boundary === null
        ? undefined
        : managedBy(managed, stringAt(boundary, 'PermissionsBoundaryArn'))(),
    granted: grants.map((grant) => grant.name),
    managed: grants.flatMap(({ arn }) => (arn === null ? [] : [arn])),
  };
}

function groupsOf(user: JsonObject, groups: ReadonlyMap<string, JsonObject>): JsonObject[] {
  return maybeStrings(user, 'GroupList').map((name) => {
    const group = groups.get(name);
    if (group === undefined) throw new DecodeError(`GroupList names ${name}, which is not listed`);
    return group;
  });
}

function grantsOf(entity: JsonObject, inline: string, managed: Managed): Grant[] {
  const own = maybeObjects(entity, inline).map((policy) => ({
    name: `inline ${stringAt(policy, 'PolicyName')}`,
    arn: null,
    document: () => decoded(stringAt(policy, 'PolicyDocument')),
  }));
  const attached = objectsAt(entity, 'AttachedManagedPolicies').map((policy) => ({
    name: stringAt(policy, 'PolicyName'),
    arn: stringAt(policy, 'PolicyArn'),
    document: managedBy(managed, stringAt(policy, 'PolicyArn')),
  }));
  return [...own, ...attached];
}

/** Parsed when first needed: an account lists hundreds of policies that nobody of interest holds. */
function managedPolicies(policies: readonly JsonObject[]): Managed {
  return new Map(
    policies.map((policy) => {
      let document: PolicyDocument | undefined;
      return [
        stringAt(policy, 'Arn'),
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
    throw new DecodeError(`the policy ${arn} is attached, but not listed`);
  return document;
}

function defaultVersion(policy: JsonObject): string {
  const version = objectsAt(policy, 'PolicyVersionList').find((candidate) =>
    booleanAt(candidate, 'IsDefaultVersion'),
  );
  if (version === undefined)
    throw new DecodeError(`${stringAt(policy, 'Arn')} has no default version`);
  return stringAt(version, 'Document');
}

function decoded(text: string): PolicyDocument {
  return parsePolicy(decodeURIComponent(text));
}
