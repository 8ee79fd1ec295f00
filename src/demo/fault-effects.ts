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

/** The response with a changed or removed field; the same object if the fault changes nothing. */
export function altered(body: Body, fault: Fault): Body {
  switch (fault.kind) {
    case 'missing-field':
      return edit(body, fault.field, 'remove');
    case 'new-word':
      return edit(body, fault.field, { set: fault.value });
    default:
      return body;
  }
}

/** The response with a transport fault; the same object for faults of other kinds. */
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
