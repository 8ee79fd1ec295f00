import { DecodeError } from '../decode/fields.ts';
import type { HttpAnswer } from '../http/http.ts';
import { jsonOf } from '../http/json.ts';
import { type Challenge, challengesOf } from './challenge.ts';
import { bareType } from './kinds.ts';

/** What `GET /v2/` without credentials tells (OCI Distribution, Determining Support). */
export interface Ping {
  /** Answered 200: the registry asks for no login here. */
  readonly open: boolean;
  /** Every way to sign in that it offers. */
  readonly challenges: readonly Challenge[];
  /** It words headers and body exactly as CNCF Distribution 2.x and 3.x do. */
  readonly likeDistribution: boolean;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads the answer to a ping. Throws `DecodeError` for what no registry answers: a sign-in page, a proxy with
 * a 200 for every path, a refusal without a challenge.
 */
export function pingIn(answer: HttpAnswer): Ping {
  const { status, headers } = answer;
  const challenges = challengesOf(headers['www-authenticate'] ?? '');
  const versioned = (headers['docker-distribution-api-version'] ?? '').startsWith('registry/2.');
  const body = answer.text.trim();
  const isJson = bareType(headers['content-type'] ?? '') === 'application/json';
  if (status === 200) {
    if (!versioned && !(isJson && (body === '' || body === '{}'))) {
      throw new DecodeError('what answers /v2/ is no registry: neither its version nor {}');
    }
    const likeDistribution = versioned && isJson && body === '{}' && challenges.length === 0;
    return { open: true, challenges, likeDistribution, headers };
  }
  if (status !== 401) throw new DecodeError(`what answers /v2/ is no registry: HTTP ${status}`);
  if (!challenges.some(({ scheme }) => scheme === 'basic' || scheme === 'bearer')) {
    throw new DecodeError('/v2/ is refused without saying how to sign in');
  }
  const likeDistribution = versioned && isJson && errorCodesIn(body).includes('UNAUTHORIZED');
  return { open: false, challenges, likeDistribution, headers };
}

/** The codes of an error body of the distribution API; none: it is no such body. */
export function errorCodesIn(body: string): readonly string[] {
  const raw = parsed(body);
  const errors = typeof raw === 'object' && raw !== null && 'errors' in raw ? raw.errors : null;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'code' in one ? [String(one.code)] : [],
  );
}

function parsed(body: string): unknown {
  try {
    return jsonOf(body);
  } catch {
    return null;
  }
}
