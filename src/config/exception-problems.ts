import { type Day, isDay, yearAfter } from '../model/day.ts';
import type { Exception, PlacedException } from '../model/exception.ts';
import { matches } from '../model/wildcard.ts';
import type { Problem, SourceDocument } from './document.ts';
import { isCustom } from './schema.ts';
import { didYouMean } from './suggest.ts';

/** The lists of exceptions a file may have. */
export const exceptionLists = ['waivers', 'acceptUnknown'] as const;
export type ExceptionList = (typeof exceptionLists)[number];

interface Known {
  readonly checks: readonly string[];
  readonly providers: readonly string[];
  readonly today: Day;
}

/** What the schema cannot say of exceptions: that what they name exists and their end can be. */
export function exceptionProblems(
  list: ExceptionList,
  entries: readonly Exception[],
  document: SourceDocument,
  { checks, providers, today }: Known,
): Problem[] {
  return entries.flatMap(({ check, registry, expires }, index) => {
    const at = (key: string, message: string | null): Problem[] =>
      message === null
        ? []
        : [
            {
              ...document.place([list, `${index}`, key], 'value'),
              message: `${list}[${index}].${key}: ${message}`,
            },
          ];
    // Those with a namespace are custom checks, which are loaded later.
    const known = isCustom(check) || checks.some((id) => matches(check, id));
    return [
      ...at('check', known ? null : `there is no check "${check}"${didYouMean(check, checks)}`),
      ...at('registry', registry === undefined ? null : noRegistry(registry, providers)),
      ...at('expires', wrongEnd(expires, today)),
    ];
  });
}

/** Why a pattern can match no registry, so that a mistyped one is not just never used; null: it can. */
function noRegistry(pattern: string, providers: readonly string[]): string | null {
  const [provider = '', ...rest] = pattern.split('://');
  if (provider.includes('*')) return null;
  if (rest.length === 0) return `"${pattern}" is no registry; write it as reports do, or with *`;
  if (providers.includes(provider)) return null;
  return `there is no provider "${provider}"${didYouMean(provider, providers)}`;
}

/** Why a day cannot be the end of an exception; null: it can. An end in the past can: it has expired. */
export function wrongEnd(expires: string, today: Day): string | null {
  if (!isDay(expires)) return `${expires} is not a date (YYYY-MM-DD)`;
  const latest = yearAfter(today);
  return expires > latest ? `${expires} is more than a year ahead; ${latest} is the latest` : null;
}

/** The exceptions of a file with the places where they begin. */
export function placed(
  list: ExceptionList,
  entries: readonly Exception[],
  document: SourceDocument,
  file: string,
): PlacedException[] {
  return entries.map((entry, index) => {
    const { line } = document.place([list, `${index}`], 'value');
    return { ...entry, file, line };
  });
}

/** The first exception of a list that another one before it repeats; which holds would be chance. */
export function repeated(
  list: readonly PlacedException[],
): { readonly first: PlacedException; readonly second: PlacedException } | null {
  const seen = new Map<string, PlacedException>();
  for (const second of list) {
    const { check, registry = null, repository = null } = second;
    const key = JSON.stringify([check, registry, repository]);
    const first = seen.get(key);
    if (first !== undefined) return { first, second };
    seen.set(key, second);
  }
  return null;
}
