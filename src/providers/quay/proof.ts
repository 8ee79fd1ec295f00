import { objectOf } from '../../decode/fields.ts';
import { HttpError } from '../../http/http.ts';
import type { Secret } from '../../http/secret.ts';
import type { ScanContext } from '../contract.ts';
import { ask, type Learnt } from '../facts.ts';
import { organizationOf } from './facts/namespace-sources.ts';
import { operations } from './operations.ts';
import type { QuayOptions } from './options.ts';
import { quayApi } from './wire/api.ts';
import type { Clients } from './wire/clients.ts';
import { tokenFor } from './wire/credentials.ts';
import { errorTypeOf, quayErrors } from './wire/errors.ts';

/*
 * Quay takes a token that is wrong or expired for none, and goes on with what everybody may see, with status
 * 200 and without a word. So a token is proved first, by a call that refuses strangers and callers without
 * rights in different ways.
 */

const name = 'getOrganizationMembers';
const signIn = { ...operations[name], permission: '' };

/** The token to ask with; unknown says what is missing. */
export function tokenOf(
  host: string,
  options: QuayOptions,
  environment: ScanContext['environment'],
): Promise<Learnt<Secret>> {
  return ask(
    name,
    signIn,
    quayErrors,
    () => tokenFor(host, options, environment),
    (raw) => raw as Secret,
  );
}

/** What proves that the token is one: the members of the namespace; null: it is one that may not see them. */
export interface Proof {
  readonly members: unknown;
}

/**
 * Whether a token is valid: known, or unknown with what helps. Where the members cannot be asked for at all,
 * an organization that counts the caller among its people proves it as well.
 */
export async function provedFor(
  namespace: string,
  { api }: Pick<Clients, 'api'>,
  host: string,
  { tokenEnv = 'QUAY_TOKEN' }: QuayOptions,
): Promise<Learnt<Proof>> {
  const path = `/api/v1/organization/${encodeURIComponent(namespace)}/members`;
  const proof = await ask(
    name,
    signIn,
    quayErrors,
    () =>
      api
        .json({ operation: name, path })
        .catch((error: unknown) => unlessRefused(error, host, tokenEnv)),
    (raw): Proof => {
      if (raw === refused) return { members: null };
      const { members } = objectOf(raw, 'the members');
      if (!Array.isArray(members)) throw new Error('members is not a list');
      return { members: raw };
    },
  );
  if (proof.state === 'known' || proof.why !== 'denied-or-absent') return proof;
  const found = await organizationOf(quayApi(api), namespace);
  return found.state === 'known' && (found.value.admin || found.value.member)
    ? { ...found, value: { members: null } }
    : proof;
}

const refused = Symbol('a valid token without the right');

/** 403 and 404 in Quay's own words are the answers to a token that is valid. */
function unlessRefused(error: unknown, host: string, tokenEnv: string): unknown {
  if (!(error instanceof HttpError)) throw error;
  const type = errorTypeOf(error);
  if (error.code === '403' && type === 'insufficient_scope') return refused;
  if (error.code === '404' && type === 'not_found') return refused;
  if (error.code === '401') {
    throw new HttpError(
      'credentials',
      `${host} refuses the token of ${tokenEnv} (HTTP 401): it is wrong, revoked or expired, or none of an OAuth application; make one at https://${host}/organization/<organization>?tab=applications (Generate Token)`,
    );
  }
  throw error;
}
