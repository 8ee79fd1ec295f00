import type { AnyCheck } from '../engine/check.ts';
import type { Fix } from '../model/fix.ts';
import type { Provider } from '../providers/contract.ts';

/** An adapter's id and fixes. */
export type Fixing = Pick<Provider, 'id' | 'fixes'>;

/** The fixes of a check by provider. A custom check brings its own. */
export function fixesOf(
  { id, fix: own = {} }: Pick<AnyCheck, 'id' | 'fix'>,
  providers: readonly Fixing[],
): Readonly<Record<string, Partial<Fix>>> {
  return Object.fromEntries(
    providers.flatMap(({ id: provider, fixes }) => {
      const fix = Object.hasOwn(fixes, id) ? fixes[id] : own[provider];
      return fix === undefined ? [] : [[provider, fix]];
    }),
  );
}
