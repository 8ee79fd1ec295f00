import type { Config } from '../config/config.ts';
import { isCustom } from '../config/schema.ts';
import { didYouMean } from '../config/suggest.ts';
import type { Cases } from '../engine/cases.ts';
import type { AnyCheck } from '../engine/check.ts';
import { UsageError } from '../model/usage-error.ts';
import { matches } from '../model/wildcard.ts';
import type { Host } from './host.ts';

export interface CustomChecks {
  readonly checks: readonly AnyCheck[];
  readonly cases: readonly Cases[];
  /** What they were read from. */
  readonly files: readonly string[];
}

/**
 * The checks of folders, and their examples; each id is there once. Their threads end with the run.
 * Throws `UsageError`.
 */
export async function customChecks(
  { cwd, atEnd }: Pick<Host, 'cwd' | 'atEnd'>,
  folders: readonly string[],
  catalogue: readonly AnyCheck[],
): Promise<CustomChecks> {
  if (folders.length === 0) return { checks: [], cases: [], files: [] };
  const { loadPlugins } = await import('../plugins/load.ts');
  const checks: AnyCheck[] = [];
  const cases: Cases[] = [];
  const files: string[] = [];
  for (const folder of new Set(folders)) {
    const taken = [...catalogue, ...checks].map(({ id }) => id);
    const loaded = await loadPlugins(folder, taken, { cwd });
    atEnd.add(loaded.end);
    checks.push(...loaded.checks);
    cases.push(...loaded.cases);
    files.push(...loaded.files);
  }
  return { checks, cases, files };
}

/** Throws `UsageError` when the configuration names a custom check that no folder holds. */
export function refuseUnknown(config: Config, checks: readonly AnyCheck[]): void {
  const ids = checks.map(({ id }) => id);
  const exceptions = [...(config.waivers ?? []), ...(config.acceptUnknown ?? [])];
  const named = [
    ...Object.keys(config.checks ?? {}).map((id) => ({ id, at: 'checks' })),
    ...exceptions.map(({ check, file, line }) => ({ id: check, at: `${file}:${line}: check` })),
  ];
  for (const { id, at } of named) {
    if (!isCustom(id) || ids.some((known) => matches(id, known))) continue;
    throw new UsageError(
      `${at}: there is no check "${id}"${didYouMean(id, ids)}`,
      'plugins in the configuration, or --checks-dir, name the folders of custom checks',
    );
  }
}
