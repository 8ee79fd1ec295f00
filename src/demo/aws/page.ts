import { AwsError } from './aws-error.ts';
import type { Estate } from './estate.ts';
import type { Input } from './request.ts';

/** How an operation pages: what its fields are called, and how many entries a page may have. */
export interface Paging {
  readonly size: string;
  readonly token: string;
  readonly most: number;
  readonly usual: number;
  /** The error code for a token or a size that cannot be. */
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

/** What an estate says about paging: AWS may give less than it is asked for. */
type Short = Pick<Estate, 'pageSize'>;

/** Which of `total` entries a request asks for. Throws `AwsError` on a size or token that cannot be. */
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
