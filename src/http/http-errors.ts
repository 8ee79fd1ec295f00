import { DecodeError } from '../decode/fields.ts';
import { BodyTooLarge } from './body-cap.ts';
import { HttpError } from './http.ts';
import { PagingError } from './pages.ts';

/**
 * The meaning of `HttpError` codes at any REST API; operations add the vendor's. Without 404: only the
 * vendor's documentation of a call can say that it means absence.
 */
export const refusedByHttp = {
  '401': 'denied',
  '403': 'denied',
  credentials: 'denied',
  '407': 'unreachable',
  '429': 'throttled',
  '5xx': 'unreachable',
  unreachable: 'unreachable',
  timeout: 'unreachable',
  tls: 'unreachable',
  redirect: 'unreachable',
  aborted: 'unreachable',
  'too-large': 'undecodable',
  undecodable: 'undecodable',
} as const;

/** Classifies the errors of `httpClient` and its helpers for `ask`. */
export const httpErrors = { codeOf, detailOf };

function codeOf(error: unknown): string {
  if (error instanceof HttpError) return error.code;
  if (error instanceof BodyTooLarge) return 'too-large';
  if (error instanceof DecodeError || error instanceof PagingError) return 'undecodable';
  return error instanceof Error ? error.name : 'Error';
}

const longestDetail = 300;

/** The status with the server's message, or else the message of the error, on one line. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error));
  if (!(error instanceof HttpError) || error.status === 0) return oneLine(error.message);
  const said = saidIn(error.body);
  return oneLine(said === '' ? error.message : `HTTP ${error.status}: ${said}`);
}

function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim()
    .slice(0, longestDetail);
}

/** The message of an error body in a common format: the distribution API, Google, or a plain field; '' if none. */
function saidIn(body: string): string {
  const answer = parsed(body);
  const list = field(answer, 'errors');
  const first = Array.isArray(list) ? list[0] : undefined;
  const candidates = [
    ...[first, field(answer, 'error'), answer].map((holder) => field(holder, 'message')),
    ...['detail', 'error_description', 'error', 'details'].map((name) => field(answer, name)),
    first,
  ];
  const text = candidates.find((candidate) => typeof candidate === 'string' && candidate !== '');
  return typeof text === 'string' ? text : '';
}

function field(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name))
    return undefined;
  return (holder as Readonly<Record<string, unknown>>)[name];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
