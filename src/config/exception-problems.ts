import { type Day, isDay, yearAfter } from '../model/day.ts';
import type { Exception, Owned, PlacedException } from '../model/exception.ts';
import { matches } from '../model/wildcard.ts';
import type { Problem, SourceDocument } from './document.ts';
import { isCustom } from './schema.ts';
import { didYouMean } from './suggest.ts';

/** The lists of exceptions in a file. */
export const exceptionLists = ['waivers', 'acceptUnknown'] as const;
export type ExceptionList = (typeof exceptionLists)[number];

interface Known {
  readonly checks: readonly string[];
  readonly providers: readonly string[];
  readonly today: Day;
}

/** Validates what the schema cannot: names exist and end dates are valid. */
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
    // Ids with a namespace are custom checks, which are loaded later.
    const known = isCustom(check) || checks.some((id) => matches(check, id));
    return [
      ...at('check', known ? null : `there is no check "${check}"${didYouMean(check, checks)}`),
      ...at('registry', registry === undefined ? null : noRegistry(registry, providers)),
      ...at('expires', wrongEnd(expires, today)),
    ];
  });
}

/** Entries of `owners` whose registry cannot exist. */
export function ownerProblems(
  owners: readonly Owned[],
  document: SourceDocument,
  providers: readonly string[],
): Problem[] {
  return owners.flatMap(({ registry }, index) => {
    const message = registry === undefined ? null : noRegistry(registry, providers);
    if (message === null) return [];
    const place = document.place(['owners', `${index}`, 'registry'], 'value');
    return [{ ...place, message: `owners[${index}].registry: ${message}` }];
  });
}

/** Why a pattern can match no registry, or null. Catches typos. */
function noRegistry(pattern: string, providers: readonly string[]): string | null {
  const [provider = '', ...rest] = pattern.split('://');
  if (provider.includes('*')) return null;
  if (rest.length === 0) return `"${pattern}" is not a registry; write it as in reports, or with *`;
  if (providers.includes(provider)) return null;
  return `there is no provider "${provider}"${didYouMean(provider, providers)}`;
}

/** Why a date cannot end an exception, or null. A past date is valid: the exception has expired. */
export function wrongEnd(expires: string, today: Day): string | null {
  if (!isDay(expires)) return `${expires} is not a date (YYYY-MM-DD)`;
  const latest = yearAfter(today);
  return expires > latest ? `${expires} is more than a year ahead; ${latest} is the latest` : null;
}

/** The exceptions of a file with their positions. */
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

/** The first duplicate exception of a list: which of two holds would be chance. */
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
