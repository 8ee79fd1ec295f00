import type { WireAnswer } from '../wire-server.ts';
import type { AwsError } from './aws-error.ts';
import { edit } from './edit.ts';
import type { Fault } from './fault.ts';
import type { Body } from './protocol.ts';
import { denied, throttled, unknownOperation } from './refusals.ts';
import type { AwsRequest } from './request.ts';

/** Does a fault concern this call? */
export function concerns(fault: Fault, { service, operation, region, input }: AwsRequest): boolean {
  const names = [fault.operation].flat();
  return (
    (names.includes(`${service}:${operation}`) || names.includes(`${service}:*`)) &&
    (fault.region === undefined || fault.region === region) &&
    Object.entries(fault.match ?? {}).every(([key, value]) => [input[key]].flat().includes(value))
  );
}

/** The refusal a fault brings about; null: it is not of that kind. */
export function refusal({ kind }: Fault, request: AwsRequest, caller: string): AwsError | null {
  switch (kind) {
    case 'denied':
      return denied(request, caller);
    case 'throttled':
    case 'throttled-once':
      return throttled(request);
    case 'not-implemented':
      return unknownOperation(request);
    default:
      return null;
  }
}

/** The answer with a word changed or a field missing; the same object if the fault changes nothing. */
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
    case 'slow':
      return { ...answer, delay: fault.ms };
    default:
      return answer;
  }
}

const html = { 'content-type': 'text/html' };
const errorPage = '<!doctype html><title>500</title><h1>Internal Server Error</h1>';
