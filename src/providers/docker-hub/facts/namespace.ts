import type { Fact } from '../../../model/fact.ts';
import { Denied, join } from '../../facts.ts';
import { type HubCredentials, isOfPerson } from '../wire/credentials.ts';
import type { Account } from './account.ts';
import { listed } from './listing.ts';
import { notOurs } from './not-ours.ts';

/** The namespace that is audited, and as whom it is looked at. */
export interface Namespace {
  /** In lower case, as Docker Hub has it. */
  readonly name: string;
  /** An account of one person is the caller's own; everything else is taken for an organization. */
  readonly kind: 'organization' | 'person';
  readonly caller: Pick<HubCredentials, 'identifier' | 'kind'>;
}

export function namespaceOf(name: string, caller: HubCredentials): Namespace {
  const own = caller.identifier.toLowerCase() === name;
  const kind = own && isOfPerson(caller.kind) ? 'person' : 'organization';
  return { name, kind, caller };
}

/**
 * Whether a list of repositories that was read to its end is all of them. Docker Hub leaves out private
 * ones without a word: for an organization access token without the scope to list them all, for a
 * personal one that reads public ones only, and for members those they have no access to.
 */
export async function wholeList(
  { name, kind, caller }: Namespace,
  account: Account,
  seesPrivate: boolean,
): Promise<Fact<true>> {
  const proof = (): true => {
    if (seesPrivate || caller.kind === 'password') return true;
    throw new Denied(
      'no private repository is listed, and the access token may be one that hides them',
    );
  };
  if (caller.kind === 'workload-token') {
    return listed(() => {
      throw new Denied('no page tells which repositories such a short-lived token is shown');
    });
  }
  if (caller.kind === 'organization-token') {
    return listed(() => {
      if (caller.identifier.toLowerCase() === name) return proof();
      throw new Denied(`the access token is of ${caller.identifier}, not of ${name}`);
    });
  }
  if (kind === 'person') return listed(proof);
  return join([await account.membership()], (membership) => {
    if (membership !== null && ['owner', 'editor'].includes(membership.role)) return proof();
    if (membership === null) throw new Denied(notOurs(name, caller.identifier));
    throw new Denied(
      `${caller.identifier} is no owner or editor of ${name}, and sees the private repositories of own teams alone`,
    );
  });
}
