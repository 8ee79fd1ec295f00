import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeObject,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { Denied } from '../../facts.ts';

export interface Owner {
  /** In lower case, as image names have it. */
  readonly name: string;
  readonly kind: 'organization' | 'user';
}

/** The account that was asked for. Throws when the response is about another one. */
export function ownerOf(raw: unknown, asked: string): Owner {
  const account = objectOf(raw, 'the account');
  mustBe(stringAt(account, 'login'), asked);
  const type = enumAt(account, 'type', ['Organization', 'User']);
  return { name: asked, kind: type === 'User' ? 'user' : 'organization' };
}

function mustBe(login: string, asked: string): void {
  if (login.toLowerCase() !== asked.toLowerCase()) {
    throw new DecodeError(`the response is about ${login.slice(0, 60)}`);
  }
}

export interface Caller {
  readonly login: string;
  /** Whether the account of the caller has a second factor. Throws where GitHub does not say. */
  readonly secondFactor: () => boolean;
}

export function callerOf(raw: unknown): Caller {
  const account = objectOf(raw, 'the account');
  return {
    login: stringAt(account, 'login').toLowerCase(),
    secondFactor: () => {
      if (account['two_factor_authentication'] === undefined) {
        throw new Denied('the token is not shown whether the account has a second factor', 'user');
      }
      return booleanAt(account, 'two_factor_authentication');
    },
  };
}

/** An organization as its owners see it; to all others GitHub leaves fields out without a word. */
export interface Organization {
  /** Whether members need a second factor. Throws `Denied` where the field is left out or null. */
  readonly requiresSecondFactor: () => boolean;
  /** What every member may do in every repository. Throws `Denied` as well. */
  readonly basePermission: () => 'none' | 'read' | 'write' | 'admin';
  /** In lower case. Throws `Denied` as well. */
  readonly plan: () => string;
}

const ofOwners =
  'GitHub shows this to owners of the organization alone, with a token that reads its administration';

export function organizationOf(raw: unknown, asked: string): Organization {
  const organization = objectOf(raw, 'the organization');
  mustBe(stringAt(organization, 'login'), asked);
  const shown = (key: string): JsonObject => {
    if (organization[key] === undefined || organization[key] === null) {
      throw new Denied(`${key} is left out: ${ofOwners}`);
    }
    return organization;
  };
  return {
    requiresSecondFactor: () =>
      booleanAt(shown('two_factor_requirement_enabled'), 'two_factor_requirement_enabled'),
    basePermission: () =>
      enumAt(shown('default_repository_permission'), 'default_repository_permission', [
        'none',
        'read',
        'write',
        'admin',
      ]),
    plan: () => {
      const plan = maybeObject(shown('plan'), 'plan');
      return stringAt(objectOf(plan, 'the plan'), 'name').toLowerCase();
    },
  };
}

/** Plans without single sign-on, an audit log to read or stream, and an enterprise above (docs, plans). */
export function isBelowEnterprise(plan: string): boolean {
  return plan === 'free' || plan === 'team';
}

/** The provider of single sign-on that is set at the organization itself; null: none is. */
export function singleSignOn(raw: unknown, asked: string): string | null {
  const response = objectOf(raw, 'the response');
  const { errors } = response;
  if (errors !== undefined) {
    const [first] = Array.isArray(errors) ? errors : [];
    const message = stringAt(objectOf(first, 'an error'), 'message');
    throw new Denied(`GraphQL: ${message.slice(0, 200)}`);
  }
  const data = objectOf(response['data'], 'data');
  const organization = objectOf(data['organization'], 'organization');
  mustBe(stringAt(organization, 'login'), asked);
  if (organization['samlIdentityProvider'] === null) return null;
  return stringAt(objectOf(organization['samlIdentityProvider'], 'samlIdentityProvider'), 'id');
}

export const singleSignOnQuery =
  'query ($login: String!) { organization(login: $login) { login samlIdentityProvider { id } } }';
