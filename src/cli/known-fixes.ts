import type { Fixing } from '../catalogue/fixes.ts';
import type { AllCommands } from '../model/commands.ts';
import { fixes, providers } from '../providers/index.ts';

/**
 * What this build knows of putting things right at the providers of these registries. Loads no client:
 * a snapshot is judged without one. A snapshot or report may name providers that are not there.
 */
export async function fixesFor(
  registries: readonly { readonly provider: string }[],
): Promise<readonly Fixing[]> {
  const named = new Set(registries.map(({ provider }) => provider));
  const known = Object.entries(fixes).filter(([id]) => named.has(id));
  return Promise.all(known.map(async ([id, load]) => ({ id, fixes: await load() })));
}

/** What every adapter says of commands. */
export async function allCommands(): Promise<AllCommands> {
  const loaded = await Promise.all(Object.values(providers).map((load) => load()));
  return Object.fromEntries(
    loaded.flatMap(({ id, commands }) => (commands === undefined ? [] : [[id, commands]])),
  );
}
