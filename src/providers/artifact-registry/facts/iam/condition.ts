/** What a condition is evaluated against. */
export interface Moment {
  /** `projects/P/locations/L/repositories/R`; empty: any resource. */
  readonly resource: string;
  readonly now: Date;
}

/** Whether a condition holds: surely not, surely and now, or it depends on something else. */
export type Holding = 'never' | 'now' | 'maybe';

const service = 'artifactregistry.googleapis.com';
const text = String.raw`(["'])([^"'\\]{1,300})\1`;
const forms = {
  ends: new RegExp(String.raw`^request\.time\s*<=?\s*timestamp\(\s*${text}\s*\)$`),
  begins: new RegExp(String.raw`^request\.time\s*>=?\s*timestamp\(\s*${text}\s*\)$`),
  service: new RegExp(String.raw`^resource\.service\s*==\s*${text}$`),
  name: new RegExp(String.raw`^resource\.name\s*==\s*${text}$`),
  prefix: new RegExp(String.raw`^resource\.name\.startsWith\(\s*${text}\s*\)$`),
};

/**
 * Does a condition hold? CEL is understood as far as a few forms that are in daily use, alone or joined
 * by `&&`: a beginning or end in time, the service, the name of a resource or how it begins.
 */
export function holding(expression: string, moment: Moment): Holding {
  const quoted = expression.match(/"[^"]*"|'[^']*'/g) ?? [];
  const bare = quoted.reduce((rest, one) => rest.replace(one, ''), expression);
  if (/\|\||[!?\\]|\/\//.test(bare) || quoted.some((one) => /&&|\\/.test(one))) return 'maybe';
  // A part of something in brackets does not decide alone.
  if (!bare.split('&&').every(isClosed)) return 'maybe';
  const parts = expression.split('&&').map((part) => partHolding(part.trim(), moment));
  if (parts.includes('never')) return 'never';
  return parts.every((part) => part === 'now') ? 'now' : 'maybe';
}

function isClosed(part: string): boolean {
  return (part.match(/[([{]/g) ?? []).length === (part.match(/[)\]}]/g) ?? []).length;
}

function partHolding(part: string, { resource, now }: Moment): Holding {
  const ends = instantOf(forms.ends, part);
  if (ends !== null) return ends < now.getTime() ? 'never' : 'now';
  const begins = instantOf(forms.begins, part);
  if (begins !== null) return begins <= now.getTime() ? 'now' : 'never';
  if (resource === '') return 'maybe';
  const [, , named] = forms.service.exec(part) ?? [];
  if (named !== undefined) return named === service ? 'now' : 'never';
  return nameHolding(part, resource);
}

/** Null: the part is not of this form, or names no point in time. */
function instantOf(form: RegExp, part: string): number | null {
  const [, , text = ''] = form.exec(part) ?? [];
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** Google may write the number of the project instead of its id; only names by the same id compare. */
function nameHolding(part: string, resource: string): Holding {
  const [, , exact] = forms.name.exec(part) ?? [];
  const [, , prefix] = forms.prefix.exec(part) ?? [];
  const wanted = exact ?? prefix ?? '';
  const project = resource.split('/').slice(0, 2).join('/');
  if (prefix !== undefined && `${project}/`.startsWith(prefix)) return 'now';
  if (!wanted.startsWith(`${project}/`)) return 'maybe';
  // What is in the repository has a name of its own, which may be the one that is asked for.
  if (wanted.startsWith(`${resource}/`)) return 'maybe';
  const met = prefix === undefined ? wanted === resource : resource.startsWith(wanted);
  return met ? 'now' : 'never';
}
