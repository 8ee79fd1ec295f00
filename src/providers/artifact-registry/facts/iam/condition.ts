/** What a condition can be asked about. */
export interface Moment {
  /** `projects/P/locations/L/repositories/R`; empty: of the project as a whole. */
  readonly resource: string;
  readonly now: Date;
}

const expiry = /^request\.time\s*<=?\s*timestamp\(\s*(["'])([0-9T:.Z+-]{10,40})\1\s*\)$/;
const resourceName =
  /^resource\.name\s*==\s*(["'])([^"'\\]{1,300})\1$|^resource\.name\.startsWith\(\s*(["'])([^"'\\]{1,300})\3\s*\)$/;

/**
 * Can the condition certainly not hold? CEL is understood as far as two forms that are in daily use: an
 * end in time, and the name of a resource, alone or joined by `&&`. Whatever else is asked may hold.
 */
export function neverHolds(expression: string, moment: Moment): boolean {
  const quoted = expression.match(/"[^"]*"|'[^']*'/g) ?? [];
  const bare = quoted.reduce((text, one) => text.replace(one, ''), expression);
  if (/\|\||[!?\\]|\/\//.test(bare) || quoted.some((text) => /&&|\\/.test(text))) return false;
  // A part of something in brackets does not decide alone.
  if (!bare.split('&&').every(isClosed)) return false;
  return expression.split('&&').some((part) => isFalse(part.trim(), moment));
}

function isClosed(part: string): boolean {
  return (part.match(/[([{]/g) ?? []).length === (part.match(/[)\]}]/g) ?? []).length;
}

function isFalse(part: string, { resource, now }: Moment): boolean {
  const end = expiry.exec(part);
  if (end !== null) {
    const until = Date.parse(end[2] ?? '');
    return !Number.isNaN(until) && until < now.getTime();
  }
  const named = resourceName.exec(part);
  if (named === null || resource === '') return false;
  const wanted = named[2] ?? named[4] ?? '';
  // Google may write the number of the project instead of its id; only names by the same id compare.
  const project = resource.split('/').slice(0, 2).join('/');
  if (!wanted.startsWith(`${project}/`)) return false;
  return named[2] === undefined
    ? !resource.startsWith(wanted) && !wanted.startsWith(`${resource}/`)
    : wanted !== resource && !wanted.startsWith(`${resource}/`);
}
