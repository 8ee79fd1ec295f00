import type { Config } from './config.ts';
import { exceptionLists } from './exception-problems.ts';

/**
 * In: what is extended, and what extends it. Keys and values are joined at every depth, anything else
 * of the second takes the place of the first; only the lists of exceptions, of owners and of folders of
 * custom checks are joined.
 */
export function merged(base: Config, own: Config): Config {
  const joined: Config = { ...base, ...(joinedKeys(base, own) as Config) };
  const lists = exceptionLists.flatMap((list) => {
    const both = [...(base[list] ?? []), ...(own[list] ?? [])];
    return both.length === 0 ? [] : [[list, both]];
  });
  const owners = [...(base.owners ?? []), ...(own.owners ?? [])];
  const checksDir = [...(base.checksDir ?? []), ...(own.checksDir ?? [])];
  return {
    ...joined,
    ...Object.fromEntries(lists),
    ...(owners.length === 0 ? {} : { owners }),
    ...(checksDir.length === 0 ? {} : { checksDir: [...new Set(checksDir)] }),
  };
}

type Keys = Readonly<Record<string, unknown>>;

function joinedKeys(base: object, own: object): Keys {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    result[key] = isKeys(before) && isKeys(value) ? joinedKeys(before, value) : value;
  }
  return result;
}

function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
