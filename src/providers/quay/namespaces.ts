import type { Unknown } from '../../model/fact.ts';
import { type Learnt, unknown } from '../facts.ts';
import { listedOrganization, organization, userNamespace } from './decode/namespace.ts';
import { listedRepository } from './decode/repository.ts';
import type { InstanceSources } from './facts/instance-sources.ts';
import type { Namespace } from './facts/namespace-sources.ts';
import { operations } from './operations.ts';
import type { QuayApi } from './wire/api.ts';

/** What a name stands for; unknown also when there is nothing of this name. */
export async function namespaceNamed(name: string, api: QuayApi): Promise<Learnt<Namespace>> {
  const params = { namespace: name };
  const found = await api.one(
    'getOrganization',
    (raw) => (raw === null ? null : organization(raw, name)),
    { params },
  );
  if (found.state !== 'known') return found;
  if (found.value !== null) return { ...found, value: { name, kind: 'organization' } };
  const user = await api.one(
    'getUserInformation',
    (raw) => (raw === null ? null : userNamespace(raw, name)),
    { params },
  );
  if (user.state !== 'known') return user;
  if (user.value !== null) return { ...user, value: { name, kind: 'user' } };
  return unknown(
    'denied-or-absent',
    'getUserInformation',
    `there is no organization and no user ${name}`,
  );
}

/**
 * The namespaces that a token sees, one by one: all of the instance for whoever may read everything, else
 * the organizations of its user and its own. Ends with null, or with why there may be more.
 */
export async function* namespacesSeen(
  api: QuayApi,
  instance: InstanceSources,
): AsyncGenerator<string, Unknown | null> {
  if (!instance.hosted) {
    const all = await allOrganizations(api);
    if (all.state === 'known') {
      yield* all.value;
      return yield* userNamespaces(api, instance, new Set(all.value));
    }
    if (all.why !== 'denied') return all;
  }
  const caller = await instance.caller();
  if (caller.state !== 'known') {
    const { permission } = operations.getLoggedInUser;
    return unknown(
      'denied',
      'getLoggedInUser',
      'which namespaces the token sees is not told, as it has no user:read or is not valid: name one, quay://HOST/NAMESPACE',
      permission,
    );
  }
  const { name, organizations } = caller.value;
  yield* organizations;
  if (await hasRepositories(api, name)) yield name;
  return null;
}

function allOrganizations(api: QuayApi): Promise<Learnt<readonly string[]>> {
  return api.all('listAllOrganizations', (all) => all.map(listedOrganization), {
    query: { limit: 100 },
  });
}

/** Every user has a namespace of its own, in most of which there is nothing. */
async function* userNamespaces(
  api: QuayApi,
  instance: InstanceSources,
  others: ReadonlySet<string>,
): AsyncGenerator<string, Unknown | null> {
  const accounts = await instance.accounts();
  if (!('value' in accounts)) return accounts.state === 'unknown' ? accounts : null;
  for (const { name } of accounts.value) {
    if (!others.has(name) && (await hasRepositories(api, name))) yield name;
  }
  return accounts.state === 'partial' ? accounts.missing[0] : null;
}

/** False only where Quay says so. */
async function hasRepositories(api: QuayApi, name: string): Promise<boolean> {
  const query = { namespace: name, public: 'true' };
  const pages = api.pages('listRepos', (all) => all.map((raw) => listedRepository(raw, name)), {
    query,
  });
  for await (const page of pages) if (page.state !== 'known' || page.value.length > 0) return true;
  return false;
}
