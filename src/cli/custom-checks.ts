import type { Config } from '../config/config.ts';
import { isCustom } from '../config/schema.ts';
import { didYouMean } from '../config/suggest.ts';
import type { CheckSources, CustomChecks } from '../declarative/load.ts';
import type { AnyCheck } from '../engine/check.ts';
import { UsageError } from '../model/usage-error.ts';
import { matches } from '../model/wildcard.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';

/** What the command line and the environment name. */
export function namedSources(flags: Flags): CheckSources {
  return {
    folders: flags.list('checksDir') ?? [],
    modules: flags.list('plugin') ?? [],
    configured: [],
  };
}

/** The custom checks, and their examples; each id is there once. Throws `UsageError`. */
export async function customChecks(
  { cwd }: Pick<Host, 'cwd'>,
  sources: CheckSources,
  catalogue: readonly AnyCheck[],
): Promise<CustomChecks> {
  if (Object.values(sources).every((named: readonly string[]) => named.length === 0))
    return { checks: [], cases: [], files: [] };
  const { loadChecks } = await import('../declarative/load.ts');
  const taken = catalogue.map(({ id }) => id);
  return loadChecks(sources, taken, cwd);
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
      'checksDir in the configuration, or --checks-dir, names the folders of custom checks',
    );
  }
}
