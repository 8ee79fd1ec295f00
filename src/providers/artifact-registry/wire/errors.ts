import { HttpError } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { ErrorReader } from '../../facts.ts';

/** Names of the audited project in an error: its number and its id. */
export type OwnProject = () => readonly string[];

/**
 * Reads what the calls throw: refusals of our own HTTP client, of gRPC, and of the vendor's client. An
 * API may be switched off in the audited project, which is an answer, or in the project that the
 * credentials are of, which says nothing about the audited one: Google names it as the consumer.
 */
export function googleErrors(
  own: OwnProject,
  redacted: (text: string) => string = String,
): ErrorReader {
  return {
    codeOf: (error) => {
      const { reason, consumer } = refusalOf(error);
      if (reason === 'SERVICE_DISABLED') {
        return own().some((name) => consumer === `projects/${name}`)
          ? 'ServiceDisabled'
          : 'ServiceDisabledElsewhere';
      }
      if (reason === 'SECURITY_POLICY_VIOLATED') return 'Perimeter';
      if (reason === 'USER_PROJECT_DENIED') return 'QuotaProject';
      if (organizational.includes(reason)) return 'Organization';
      return grpcCode(error) ?? otherCode(error);
    },
    detailOf: (error) => httpErrors.detailOf(withoutSecrets(error, redacted)),
  };
}

/** Our own HTTP client has looked already; the vendor's has not. */
function withoutSecrets(error: unknown, redacted: (text: string) => string): unknown {
  if (error instanceof HttpError || !(error instanceof Error)) return error;
  return Object.assign(new Error(redacted(error.message)), { name: error.name });
}

/** Refusals by restrictions of an organization (google.api.ErrorReason). */
const organizational = ['ORG_RESTRICTION_VIOLATION', 'RESOURCE_USAGE_RESTRICTION_VIOLATED'];

interface Refusal {
  readonly reason: string;
  readonly consumer: string;
}

/**
 * The ErrorInfo of a refusal (google.rpc.ErrorInfo). Over REST it is found by its words, since the body
 * may be cut; over gRPC the vendor's client has taken it out.
 */
function refusalOf(error: unknown): Refusal {
  if (error instanceof HttpError) {
    const perimeter = error.body.includes('VPC_SERVICE_CONTROLS');
    return {
      reason: perimeter ? 'SECURITY_POLICY_VIOLATED' : word(error.body, reasonForm),
      consumer: word(error.body, consumerForm),
    };
  }
  const { reason, errorInfoMetadata } = Object(error) as {
    reason?: unknown;
    errorInfoMetadata?: { consumer?: unknown };
  };
  return { reason: String(reason), consumer: String(errorInfoMetadata?.consumer) };
}

const reasonForm = /"reason"\s*:\s*"([A-Z_]{1,60})"/;
const consumerForm = /"consumer"\s*:\s*"([^"]{1,100})"/;

function word(text: string, form: RegExp): string {
  return form.exec(text)?.[1] ?? '';
}

/** gRPC's codes (google.rpc.Code), as the HTTP statuses that Google maps them to. */
const grpcCodes: Readonly<Record<number, string>> = {
  3: '400',
  4: 'timeout',
  5: '404',
  7: '403',
  8: '429',
  9: '400',
  14: 'unreachable',
  16: '401',
};

function grpcCode(error: unknown): string | null {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'number' ? (grpcCodes[code] ?? '5xx') : null;
}

/** The vendor's client throws plain errors when an answer does not fit its message types. */
function otherCode(error: unknown): string {
  const code = httpErrors.codeOf(error);
  return plain.includes(code) ? 'undecodable' : code;
}

const plain = ['Error', 'TypeError', 'SyntaxError', 'RangeError'];
