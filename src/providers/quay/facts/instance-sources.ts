import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { always } from '../../contract.ts';
import { join, type Learnt, unknown } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import { tokenEntries } from '../decode/credentials.ts';
import { type Instance, instance, isOn, isOnSince } from '../decode/instance.ts';
import { loggedIn } from '../decode/namespace.ts';
import { type Account, account } from '../decode/people.ts';
import { type Settings, settings } from '../decode/settings.ts';
import { operations } from '../operations.ts';
import type { QuayApi } from '../wire/api.ts';

/** Pages of superusers have this many entries; without a limit Quay answers with all there are at once. */
const pageSize = 100;

/** What holds for a whole instance, read when first needed and once for all its namespaces. */
export interface InstanceSources {
  /** quay.io: run by Red Hat, whose staff are its superusers. */
  readonly hosted: boolean;
  readonly info: () => Promise<Learnt<Instance>>;
  /** Whether a feature is on. `since`: the release 3.x it came with. */
  readonly feature: (name: string, since?: number) => Promise<Learnt<boolean>>;
  readonly settings: () => Promise<Learnt<Settings>>;
  readonly accounts: () => Promise<Fact<readonly Account[]>>;
  readonly superusers: () => Promise<Fact<readonly Account[]>>;
  readonly appTokens: () => ReturnType<typeof appTokensOf>;
  readonly caller: () => ReturnType<typeof callerOf>;
}

export function instanceSources(api: QuayApi, hosted: boolean): InstanceSources {
  const info = once(() => api.one('getConfig', instance));
  const feature = async (name: string, since?: number) =>
    join([await info()], (found) =>
      since === undefined ? isOn(found, name) : isOnSince(since, found, name),
    );
  const accounts = once(async (): Promise<Fact<readonly Account[]>> => {
    if (hosted) return nobody;
    const query = { limit: pageSize };
    return eachEntry(await api.all('listAllUsers', (all) => [...all], { query }), (raw) => [
      account(raw),
    ]);
  });
  return {
    hosted,
    info,
    feature,
    settings: once(() => settingsOf(api, hosted, feature)),
    accounts,
    superusers: once(async (): Promise<Fact<readonly Account[]>> => {
      if (hosted) return nobody;
      const on = await feature('SUPER_USERS');
      if (on.state !== 'known') return on;
      if (!on.value) return join([on], () => []);
      return eachEntry(await accounts(), (one) => (one.superuser && one.enabled ? [one] : []));
    }),
    appTokens: once(() => appTokensOf(api)),
    caller: once(() => callerOf(api)),
  };
}

/** Whom the token belongs to. */
export function callerOf(api: QuayApi) {
  return api.one('getLoggedInUser', loggedIn);
}

/** Shown to whoever may read everything, and to superusers with full access. */
export function appTokensOf(api: QuayApi) {
  const query = { expiring: 'false' };
  return api.one('listAllAppTokens', tokenEntries, { query });
}

const nobody = always(
  [] as readonly Account[],
  'https://docs.redhat.com/en/documentation/red_hat_quay/3/html/about_quay_io/index',
);

async function settingsOf(
  api: QuayApi,
  hosted: boolean,
  feature: InstanceSources['feature'],
): Promise<Learnt<Settings>> {
  const name = 'getRegistryConfiguration';
  if (hosted) {
    return unknown('denied', name, 'Red Hat shows nobody how quay.io is configured');
  }
  const dumps = await feature('SUPERUSER_CONFIGDUMP', 15);
  if (dumps.state !== 'known') return dumps;
  if (dumps.value) return api.one(name, settings);
  const { permission } = operations[name];
  return unknown(
    'denied',
    name,
    'FEATURE_SUPERUSER_CONFIGDUMP is off, so that nobody is shown the configuration',
    permission,
  );
}
