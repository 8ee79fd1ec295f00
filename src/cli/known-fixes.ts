import { type Fixing, fixesOf } from '../catalogue/fixes.ts';
import type { AllCommands } from '../model/commands.ts';
import type { Report } from '../model/report.ts';
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

/**
 * The report with the fixes of this program's adapters. In a file anybody may have written commands,
 * and a command is run by somebody else than its author.
 */
export function withOwnFixes<R extends Report>(report: R, fixes: readonly Fixing[]): R {
  return {
    ...report,
    checks: report.checks.map((check) => ({ ...check, fix: fixesOf({ id: check.id }, fixes) })),
  };
}
