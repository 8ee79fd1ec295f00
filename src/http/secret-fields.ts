import type { HttpRequest } from './http.ts';
import { isSecret, reveal, type Secret } from './secret.ts';

/** The secrets that are fields of a request's body, and not deeper in it. */
export function secretsIn({ form = {}, json }: Pick<HttpRequest, 'form' | 'json'>): Secret[] {
  return [...Object.values(form), ...(isRecord(json) ? Object.values(json) : [])].filter(isSecret);
}

/** A body with those secrets in clear, for the wire alone. */
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
