import { type Fixing, fixesOf } from '../catalogue/fixes.ts';
import type { AllCommands } from '../model/commands.ts';
import type { Report } from '../model/report.ts';
import { fixes, providers } from '../providers/index.ts';

/**
 * The fixes of these registries' providers. Loads no client, since a snapshot needs none. Ignores providers that
 * this build does not know.
 */
export async function fixesFor(
  registries: readonly { readonly provider: string }[],
): Promise<readonly Fixing[]> {
  const named = new Set(registries.map(({ provider }) => provider));
  const known = Object.entries(fixes).filter(([id]) => named.has(id));
  return Promise.all(known.map(async ([id, load]) => ({ id, fixes: await load() })));
}

/** How each adapter completes the commands of its fixes. */
export async function allCommands(): Promise<AllCommands> {
  const loaded = await Promise.all(Object.values(providers).map((load) => load()));
  return Object.fromEntries(
    loaded.flatMap(({ id, commands }) => (commands === undefined ? [] : [[id, commands]])),
  );
}

/**
 * Replaces the fixes of a stored report by this build's own: the file may contain anybody's commands, and people
 * run them.
 */
export function withOwnFixes<R extends Report>(report: R, fixes: readonly Fixing[]): R {
  return {
    ...report,
    checks: report.checks.map((check) => ({ ...check, fix: fixesOf({ id: check.id }, fixes) })),
  };
}
