import { edit } from './edit.ts';
import type { Fault } from './fault.ts';
import type { WireAnswer } from './wire-server.ts';

/** The fields of a JSON response. */
export type Body = Readonly<Record<string, unknown>>;

/** A call, for matching with faults. `name`: the operation; for AWS `service:Operation`. */
export interface FakeCall {
  readonly name: string;
  readonly region?: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the call asks about: names, ids and digests. */
  readonly subject: readonly string[];
}

/** Errors that each vendor formats differently. */
export type RefusalKind = 'denied' | 'throttled' | 'not-implemented';

/** Whether a fault applies to this call. */
export function concerns(fault: Fault, { name, region, input }: FakeCall): boolean {
  const names = [fault.operation].flat();
  const [service = ''] = name.split(':');
  return (
    (names.includes(name) || names.includes(`${service}:*`) || names.includes('*')) &&
    (fault.region === undefined || fault.region === region) &&
    Object.entries(fault.match ?? {}).every(([key, value]) => [input[key]].flat().includes(value))
  );
}

/** The error that a fault injects; null: a fault of another kind. */
export function refusalKind({ kind }: Fault): RefusalKind | null {
  switch (kind) {
    case 'denied':
    case 'throttled':
    case 'not-implemented':
      return kind;
    case 'throttled-once':
      return 'throttled';
    default:
      return null;
  }
}

/** The response as the fault makes it; the same object if the fault changes nothing. */
export function altered(body: Body, fault: Fault, { subject }: Pick<FakeCall, 'subject'>): Body {
  switch (fault.kind) {
    case 'empty-object':
      return {};
    case 'error-object':
      return errorObject;
    case 'other-subject':
      return aboutAnother(body, subject);
    default:
      return alteredField(body, fault);
  }
}

/** The body with one field changed or removed; the same object for faults of other kinds. */
export function alteredField(body: Body, fault: Fault): Body {
  switch (fault.kind) {
    case 'missing-field':
      return edit(body, fault.field, 'remove');
    case 'new-word':
      return edit(body, fault.field, { set: fault.value });
    default:
      return body;
  }
}

const errorObject: Body = {
  error: { code: 403, message: 'forbidden', status: 'PERMISSION_DENIED' },
  errors: [{ code: 'DENIED', message: 'forbidden' }],
};

/** An object that names something else than `subject`. Entries of lists stay as they are. */
function aboutAnother(body: Body, subject: readonly string[]): Body {
  const pairs = Object.entries(body);
  const changed = pairs.map(([key, value]) => [key, another(value, subject)] as const);
  if (changed.every(([, value], at) => value === pairs[at]?.[1])) return body;
  return Object.fromEntries(changed);
}

function another(value: unknown, subject: readonly string[]): unknown {
  const names = (text: string) => subject.some((name) => segments(text).includes(segments(name)));
  if (typeof value === 'string') return names(value) ? `${value}0` : value;
  if (typeof value === 'number') return names(String(value)) ? value + 1000 : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields: Body = { ...value };
  const changed = aboutAnother(fields, subject);
  return changed === fields ? value : changed;
}

function segments(name: string): string {
  return `/${name.replace(/[:@]/g, '/')}/`;
}

/** What goes wrong on the way; the same object if the fault is of another kind. */
export function spoilt(answer: WireAnswer, fault: Fault): WireAnswer {
  switch (fault.kind) {
    case 'unreachable':
      return { ...answer, cut: 'before-answer' };
    case 'cut-off':
      return { ...answer, cut: 'within-body' };
    case 'server-error-html':
      return { ...answer, status: 500, headers: html, body: errorPage };
    case 'empty-body':
      return { ...answer, body: '' };
    case 'malformed-body':
      return { ...answer, body: answer.body.slice(0, answer.body.length / 2) };
    case 'odd-encoding':
      return {
        ...answer,
        headers: { ...answer.headers, 'content-encoding': 'zstd' },
        body: Buffer.concat([zstandard, Buffer.from(answer.body)]),
      };
    case 'no-content':
      return { ...answer, status: 204, headers: {}, body: '' };
    case 'damaged-keys': {
      const body = withDamagedKeys(answer.body);
      return body === null ? answer : { ...answer, body };
    }
    case 'slow':
      return { ...answer, delay: fault.ms };
    default:
      return answer;
  }
}

/** The magic number of a Zstandard frame (RFC 8878, 3.1.1). */
const zstandard = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const html = { 'content-type': 'text/html' };
const errorPage = '<!doctype html><title>500</title><h1>Internal Server Error</h1>';

/** JSON keys and XML tags with a byte that is not UTF-8; null: there are none. */
function withDamagedKeys(body: string | Uint8Array): Buffer | null {
  const text = Buffer.from(body).toString('latin1');
  const damaged = text.startsWith('<')
    ? text.replace(/<(\/?)([A-Za-z]+)/g, '<$1$2\xff')
    : text.replace(/"((?:[^"\\]|\\.)*)"(\s*:)/g, '"$1\xff"$2');
  return damaged === text ? null : Buffer.from(damaged, 'latin1');
}
