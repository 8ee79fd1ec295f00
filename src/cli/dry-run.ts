import { operationsFor, operationsOf, plannedOperations } from '../catalogue/coverage.ts';
import { collectPlan } from '../engine/collect-plan.ts';
import type { Provider, Target } from '../providers/contract.ts';
import { safeText } from '../reporters/safe-text.ts';
import { hostsOf } from './credential-hosts.ts';
import type { Settings } from './settings.ts';
import { opened, type Providers } from './targets.ts';

/**
 * What a scan would do, before the first contact: hosts, API operations with their permissions, and how many calls
 * at least. The number of repositories is not known yet, so theirs is said for each. Throws `UsageError` for
 * an entry that is no target.
 */
export async function dryRunLines(
  { entries, ...settings }: Pick<Settings, 'entries' | 'checks' | 'ownerTag' | 'mayPull'>,
  providers: Providers,
): Promise<readonly string[]> {
  const plans: string[] = [];
  for (const entry of entries) {
    const { target, provider } = await opened(entry, providers);
    plans.push(...planLines(entry.target, target, provider, settings));
  }
  return [...plans, 'Nothing was called.'];
}

function planLines(
  written: string,
  target: Target,
  provider: Provider,
  { checks, ownerTag, mayPull }: Pick<Settings, 'checks' | 'ownerTag' | 'mayPull'>,
): readonly string[] {
  const labels = ownerTag !== undefined;
  const ofRegistries = checks.filter(({ subject }) => subject === 'registry');
  const registry = [
    ...new Set([
      ...provider.listing(collectPlan(checks, labels)),
      ...operationsOf(ofRegistries, provider),
      ...(labels ? operationsFor('labels', provider.provides.registry) : []),
    ]),
  ];
  const planned = plannedOperations(checks, provider, { labels, pulls: mayPull });
  const repository = planned.filter((name) => !registry.includes(name));
  const line = (name: string) => {
    const permission = provider.operations[name]?.permission ?? '';
    return `    ${name}${permission === '' ? '' : ` (${permission})`}`;
  };
  const hosts = hostsOf(target, provider.credentialHosts.addressIsHost);
  const named = hosts.length > 0 ? hosts : provider.credentialHosts.vendor;
  return [
    `${safeText(written)}: ${provider.title}, ${checks.length} checks`,
    `  hosts: ${named.length === 0 ? 'the address of its environment variable' : safeText(named.join(', '))}`,
    `  for each registry, ${registry.length} operations, a call or a page of a list each:`,
    ...registry.map(line),
    `  for each repository, up to ${repository.length} operations more:`,
    ...repository.map(line),
    '',
  ];
}
