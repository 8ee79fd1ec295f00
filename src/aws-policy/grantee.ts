import type { Principal, StatementRef } from './document.ts';
import { quoted } from './error.ts';
import type { Aspect } from './key.ts';
import { isViaService, type Requester } from './requester.ts';

/** An upper bound of principals that a policy grants access. */
export type Grantee = Who & Terms;

type Who =
  | { readonly kind: 'any-account' }
  | { readonly kind: 'organization'; readonly id: string; readonly own: boolean | undefined }
  | { readonly kind: 'account'; readonly id: string; readonly own: boolean }
  /** One ARN, or an ARN pattern within one account. */
  | {
      readonly kind: 'principal';
      readonly arn: string;
      readonly account: string;
      readonly own: boolean;
    }
  /** One user or role, by aws:userid; the id does not contain its account. */
  | { readonly kind: 'user-id'; readonly id: string }
  | {
      readonly kind: 'federated';
      readonly provider: string;
      readonly account: string | null;
      readonly own: boolean;
      /** The allowed token subjects; null: any subject of the provider. */
      readonly subjects: readonly string[] | null;
    }
  | { readonly kind: 'service'; readonly name: string; readonly sources: Sources | null }
  | { readonly kind: 'canonical-user'; readonly id: string }
  /** Nobody: the id of a deleted user or role is never reused. */
  | { readonly kind: 'deleted-principal'; readonly id: string };

/** The required source of a service call; null instead of it is a confused-deputy risk. */
interface Sources {
  readonly accounts: readonly string[];
  readonly arns: readonly string[];
  readonly organizations: readonly string[];
}

interface Terms {
  readonly statement: StatementRef;
  /** The granted actions. */
  readonly actions: readonly string[];
  /** Only members of these organizations; null: no restriction. */
  readonly members: readonly string[] | null;
  /** Only principals with one of these aws:userid patterns; null: no restriction. */
  readonly userIds: readonly string[] | null;
  /** null: any network. */
  readonly from: Network | null;
  /** Conditions that the policy alone does not decide: the grant may be narrower or void. Empty: exact. */
  readonly undecided: readonly string[];
}

/** A request must match every non-empty list. */
export interface Network {
  readonly vpces: readonly string[];
  readonly vpcs: readonly string[];
  readonly ranges: readonly string[];
  /** Accounts that own the VPC endpoint. */
  readonly endpointAccounts: readonly string[];
  /** Organizations that own the VPC endpoint. */
  readonly endpointOrganizations: readonly string[];
}

/** The audited account and its organization. */
export interface Home {
  readonly account: string;
  /** null: the account is in none. undefined: unknown. */
  readonly organization: string | null | undefined;
}

/**
 * Converts requests to grantees, one per principal. In: the requests, the audited account, the statement and
 * the actions.
 */
export function granteesOf(
  from: Requester,
  home: Home,
  statement: StatementRef,
  actions: readonly string[],
): readonly Grantee[] {
  const members = from.bounds.get('organization') ?? null;
  const userIds = from.bounds.get('user-id') ?? null;
  const unclear = [...from.unclear, ...(isViaService(from) ? [VIA_SERVICE] : [])].sort();
  const mfa = from.bounds.has('mfa') ? ['aws:multifactorauthpresent'] : [];
  const chosen = [...from.chosen.keys(), ...mfa].map((key) => `depends on ${quoted(key)}`);
  const doubtful = [...unclear, ...chosen].sort();
  const terms = { statement, actions, from: networkOf(from) };
  return from.principals.flatMap((principal) =>
    whoIs(principal, from, home).map((who): Grantee => {
      const undecided = arrangesItself(who) ? unclear : doubtful;
      return {
        ...who,
        ...terms,
        members: who.kind === 'organization' ? null : members,
        userIds: who.kind === 'user-id' ? null : userIds,
        undecided,
      };
    }),
  );
}

/**
 * Whether the grantee itself can meet conditions on caller-controlled keys. Another account controls the
 * tags, names and MFA of its principals, and the resources that a service acts for; the audited account
 * controls those of its own identities.
 */
function arrangesItself(who: Who): boolean {
  switch (who.kind) {
    case 'any-account':
    case 'service':
      return true;
    case 'organization':
      return who.own !== true;
    case 'account':
    case 'principal':
      return !who.own;
    case 'user-id':
    case 'federated':
    case 'canonical-user':
    case 'deleted-principal':
      return false;
  }
}

const VIA_SERVICE = 'only calls that an AWS service makes for the caller';

function whoIs(principal: Principal, { bounds }: Requester, home: Home): readonly Who[] {
  switch (principal.kind) {
    case 'any':
      return whoAmongAll(bounds, home);
    case 'account':
      return [{ ...principal, own: principal.id === home.account }];
    case 'principal':
      return [{ ...principal, own: principal.account === home.account }];
    case 'service':
      return [{ ...principal, sources: sourcesOf(bounds) }];
    case 'federated': {
      const subjects = bounds.get('subject') ?? null;
      return [{ ...principal, own: principal.account === home.account, subjects }];
    }
    case 'canonical-user':
    case 'deleted-principal':
      return [principal];
  }
}

type Bounds = ReadonlyMap<Aspect, readonly string[]>;

function whoAmongAll(bounds: Bounds, { organization }: Home): readonly Who[] {
  const users = bounds.get('user-id');
  if (users !== undefined) return users.map((id) => ({ kind: 'user-id', id }));
  const ids = bounds.get('organization');
  if (ids === undefined) return [{ kind: 'any-account' }];
  const isOwn = (id: string) => (organization === undefined ? undefined : id === organization);
  return ids.map((id) => ({ kind: 'organization', id, own: isOwn(id) }));
}

function sourcesOf(bounds: Bounds): Sources | null {
  const sources = {
    accounts: bounds.get('source-account') ?? [],
    arns: bounds.get('source-arn') ?? [],
    organizations: bounds.get('source-organization') ?? [],
  };
  return Object.values(sources).every((list) => list.length === 0) ? null : sources;
}

/** The networks that the requests must come from; null: any. */
export function networkOf({ bounds }: Requester): Network | null {
  const network = {
    vpces: bounds.get('vpce') ?? [],
    vpcs: bounds.get('vpc') ?? [],
    ranges: bounds.get('ip') ?? [],
    endpointAccounts: bounds.get('vpce-account') ?? [],
    endpointOrganizations: bounds.get('vpce-organization') ?? [],
  };
  return Object.values(network).every((list) => list.length === 0) ? null : network;
}
