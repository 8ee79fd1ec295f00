import { AwsError } from './aws-error.ts';
import type { Estate } from './estate.ts';
import type { Input } from './request.ts';

/** The paging of an operation: the names of its fields, and the maximum entries per page. */
export interface Paging {
  readonly size: string;
  readonly token: string;
  readonly most: number;
  readonly usual: number;
  /** The error code for an invalid token or size. */
  readonly refusal: string;
}

export const ecrPaging: Paging = {
  size: 'maxResults',
  token: 'nextToken',
  most: 1000,
  usual: 100,
  refusal: 'InvalidParameterException',
};
export const inspectorPaging: Paging = { ...ecrPaging, most: 100, refusal: 'ValidationException' };

/** The positions of one page, and the token of the page after it. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly next: string | undefined;
}

/** The page size of an estate: AWS may return fewer entries than requested. */
type Short = Pick<Estate, 'pageSize'>;

/** The requested positions of `total` entries. Throws `AwsError` for an invalid size or token. */
export function span(input: Input, total: number, paging: Paging, { pageSize }: Short): Span {
  const { size, token, most, usual, refusal } = paging;
  const wanted = Number(input[size] ?? usual);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most)
    throw new AwsError(refusal, `${size} must be between 1 and ${most}`);
  const from = positionOf(input[token]);
  if (from === null || from > total) throw new AwsError(refusal, `the ${token} is not valid`);
  const to = Math.min(from + Math.min(wanted, pageSize ?? wanted), total);
  return { from, to, next: to < total ? `from-${to}` : undefined };
}

/** One page of a list. */
export function page<T>(input: Input, all: readonly T[], paging: Paging, short: Short) {
  const { from, to, next } = span(input, all.length, paging, short);
  return { entries: all.slice(from, to), next };
}

function positionOf(token: unknown): number | null {
  if (token === undefined) return 0;
  const [, position] = /^from-(\d{1,9})$/.exec(String(token)) ?? [];
  return position === undefined ? null : Number(position);
}
