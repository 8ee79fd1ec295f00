import type { HttpRequest } from './http.ts';
import { isSecret, reveal, type Secret } from './secret.ts';

/** The secrets in the top-level fields of a request body. */
export function secretsIn({ form = {}, json }: Pick<HttpRequest, 'form' | 'json'>): Secret[] {
  return [...Object.values(form), ...(isRecord(json) ? Object.values(json) : [])].filter(isSecret);
}

/** The body with these secrets in clear text, only for the wire. */
export function revealed(json: unknown): unknown {
  if (!isRecord(json)) return json;
  const fields = Object.entries(json).map(([key, value]) => [
    key,
    isSecret(value) ? reveal(value) : value,
  ]);
  return Object.fromEntries(fields);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
