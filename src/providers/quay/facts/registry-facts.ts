import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { join } from '../../facts.ts';
import { addressOf } from '../decode/instance.ts';
import { listedRepository } from '../decode/repository.ts';
import type { QuayApi } from '../wire/api.ts';
import { auditFacts } from './audit.ts';
import { credentialFacts, type Rests } from './credentials.ts';
import { administrators } from './identities.ts';
import type { NamespaceSources } from './namespace-sources.ts';
import { settingsFacts } from './settings-facts.ts';
import { type Probe, servedAs } from './transport.ts';
import { buildTasks, upstreams } from './walk.ts';

export interface RegistryInput {
  readonly sources: NamespaceSources;
  /** The API as a stranger sees it. */
  readonly anonymous: QuayApi;
  readonly probe: Probe;
  readonly evidence: Rests;
  /** ISO 8601 */
  readonly now: string;
}

/** How each fact of a namespace is learnt. */
export function registryCollectors({
  sources,
  anonymous,
  probe,
  evidence,
  now,
}: RegistryInput): Collectors<'registry'> {
  return {
    ...settingsFacts(sources, now),
    ...auditFacts(sources),
    ...credentialFacts(sources, evidence),
    anonymousCatalog: () => anonymousCatalog(sources, anonymous),
    administrators: () => administrators(sources),
    transport: async () => {
      const address = join([await sources.instance.info()], addressOf);
      return address.state === 'known' ? servedAs(probe, address.value) : address;
    },
    upstreams: () => upstreams(sources),
    buildTasks: () => buildTasks(sources),
  };
}

/** What a stranger is shown of the namespace, asked as one: public repositories, whatever `PUBLIC_CATALOG` says. */
async function anonymousCatalog(
  { instance, name }: NamespaceSources,
  anonymous: QuayApi,
): Promise<RegistryFacts['anonymousCatalog']> {
  const open = await instance.feature('ANONYMOUS_ACCESS');
  if (open.state !== 'known') return open;
  if (!open.value) return join([open], () => ({ mode: 'hidden' }));
  const decode = (all: readonly unknown[]) => all.map((raw) => listedRepository(raw, name));
  const query = { namespace: name, public: 'true' };
  for await (const page of anonymous.pages('listPublicRepos', decode, { query })) {
    if (page.state !== 'known') return page;
    const shown = page.value.filter(({ isPublic }) => isPublic).map((one) => one.name);
    if (shown.length > 0) {
      const more = shown.length > 3 ? ' and more' : '';
      const how = `public repositories: ${shown.slice(0, 3).join(', ')}${more}`;
      return join([page], () => ({ mode: 'listed', how }));
    }
  }
  return join([open], () => ({ mode: 'hidden' }));
}
