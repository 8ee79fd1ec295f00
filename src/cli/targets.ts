import { providerOf, type RegistryEntry, targetPattern } from '../config/schema.ts';
import { didYouMean } from '../config/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Provider, Target } from '../providers/contract.ts';
import { resolveAddress } from './registry-address.ts';

export type Providers = Readonly<Record<string, () => Promise<Provider>>>;

/** The provider with this id. Throws `UsageError` if it does not exist. */
export async function providerById(providers: Providers, id: string): Promise<Provider> {
  const load = Object.hasOwn(providers, id) ? providers[id] : undefined;
  if (load !== undefined) return load();
  const ids = Object.keys(providers);
  throw new UsageError(
    `there is no provider "${id}"${didYouMean(id, ids)}`,
    `there is: ${ids.join(', ')}`,
  );
}

/**
 * What to audit: the named targets, each with the options of the configuration entry that has the
 * same target, or when none is named all entries. Throws `UsageError` when that is nothing.
 */
export function entriesFor(
  named: readonly string[],
  configured: readonly RegistryEntry[],
): readonly RegistryEntry[] {
  if (named.length === 0 && configured.length === 0) {
    throw new UsageError(
      'no registry given',
      'name a registry, such as ecr, or list registries in regaudit.yaml (regaudit init writes one)',
    );
  }
  if (named.length === 0) return configured;
  return [...new Set(named)].flatMap((target) => {
    const entries = configured.filter((entry) => isSameTarget(entry.target, target));
    return entries.length > 0 ? entries : [{ target }];
  });
}

function isSameTarget(configured: string, named: string): boolean {
  return configured === named || resolveAddress(configured).target === resolveAddress(named).target;
}

/**
 * Resolves an entry to its target and provider, and the one repository that its address names, if any. Throws
 * `UsageError` for a text that is neither a target nor a registry address.
 */
export async function opened(
  { target: written, ...options }: RegistryEntry,
  providers: Providers,
): Promise<{
  readonly target: Target;
  readonly provider: Provider;
  readonly repository: string | null;
}> {
  if (!new RegExp(targetPattern).test(written)) {
    throw new UsageError(
      `"${written}" is not a target`,
      'write a provider (ecr), provider://address (ecr://ACCOUNT/REGION) or the address of a registry',
    );
  }
  const { target, repository } = resolveAddress(written);
  const id = providerOf(target);
  const provider = await providerById(providers, id);
  const address = target.slice(id.length).replace('://', '');
  return { target: { provider: id, address, options }, provider, repository };
}
