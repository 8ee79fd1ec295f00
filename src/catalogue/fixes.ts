import type { AnyCheck } from '../engine/check.ts';
import type { Fix } from '../model/fix.ts';
import type { Provider } from '../providers/contract.ts';

/** An adapter, as far as fixes go. */
export type Fixing = Pick<Provider, 'id' | 'fixes'>;

/** How to put a check right at each of these providers where it can fail; a custom check says so itself. */
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
