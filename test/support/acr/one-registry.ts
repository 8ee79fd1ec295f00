import { checks } from '../../../checks/index.ts';
import type { Estate, EstateRegistry, EstateSubscription } from '../../../src/demo/acr/estate.ts';
import type { FindingWithoutFingerprint } from '../../../src/model/finding.ts';
import type { ScanOptions } from '../scan-provider.ts';
import { scanEstate } from './scan-estate.ts';
import { scenario } from './scenario.ts';

export const subscriptionId = '0b1f6471-1bf0-4dda-aec3-111122223333';
const path = 'shop-rg/shopimages';
const address = `${subscriptionId}/${path}`;

/** What is different from the good registry. */
export interface Difference {
  readonly registry?: Partial<EstateRegistry>;
  /** Merged into the properties of the registry. */
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly subscription?: Partial<EstateSubscription>;
  readonly estate?: Partial<Estate>;
}

/** The good registry with a difference, as an estate and the address of the registry. */
export async function goodBut(
  difference: Difference,
): Promise<{ estate: Estate; address: string }> {
  const good = await scenario('all-good');
  const subscription = good.subscriptions[subscriptionId];
  const registry = subscription?.registries[path];
  if (subscription === undefined || registry === undefined) throw new Error('all-good has changed');
  const changed: EstateRegistry = {
    ...registry,
    ...difference.registry,
    properties: { ...registry.properties, ...difference.properties },
  };
  const estate: Estate = {
    ...good,
    ...difference.estate,
    subscriptions: {
      [subscriptionId]: {
        ...subscription,
        ...difference.subscription,
        registries: { [path]: changed },
      },
    },
  };
  return { estate, address };
}

/** The findings of checks in the good registry with a difference. */
async function findingsOf(
  difference: Difference,
  ids: readonly string[],
  options: ScanOptions,
): Promise<readonly FindingWithoutFingerprint[]> {
  const { estate, address } = await goodBut(difference);
  const { findings, crashes } = await scanEstate(estate, {
    checks: checks.filter(({ id }) => ids.includes(id)),
    address,
    ...options,
  });
  if (crashes.length > 0) throw new Error(crashes.join());
  return findings;
}

/** What a check says of the good registry with a difference; `repository`: of that one. */
export async function findingOf(
  check: string,
  difference: Difference,
  repository = '',
  options: ScanOptions = {},
): Promise<{ readonly verdict: string; readonly message: string }> {
  const findings = await findingsOf(difference, [check], options);
  const found = findings.find(
    ({ subject }) => repository === '' || subject.endsWith(`/${repository}`),
  );
  if (found === undefined) throw new Error(`${check} found nothing`);
  return found;
}
