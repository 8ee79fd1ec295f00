import { placeOf } from '../providers/places.ts';

/** The owner that a registry's name tells: `ecr://123456789012/eu-west-1` is of `ecr://123456789012`. */
export function groupOf(registry: string): string {
  const [provider = ''] = registry.split('://');
  const { account } = placeOf(provider, registry);
  if (account === undefined) return registry;
  return `${registry.slice(0, registry.indexOf(account, provider.length + 3))}${account}`;
}
