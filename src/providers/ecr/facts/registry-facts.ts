import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import type { CacheRule, CreationTemplate } from '../decode/registry.ts';
import type { RegistryAccess } from './access.ts';
import { auditExport, auditLog, auditRetention } from './audit.ts';
import type { Place, Settings } from './settings.ts';

/** How each fact of a private registry is learnt. */
export function registryCollectors(
  settings: Settings,
  place: Place,
  access: RegistryAccess,
): Collectors<'registry'> {
  return {
    ...access.collectors,
    privateEndpoints: () => settings.endpoints(),
    auditLog: () => auditLog(settings),
    auditExport: () => auditExport(settings),
    auditRetention: () => auditRetention(settings),
    upstreams: async () => eachEntry(await settings.cacheRules(), (rule) => [upstream(rule)]),
    newRepositories: () => newRepositories(settings, place, access),
  };
}

/** What comes through a rule of pull-through caching. */
function upstream({ prefix, url, stored, upstreamPrefix }: CacheRule): Upstream {
  return {
    prefix: prefix === 'ROOT' ? '*' : prefix,
    url,
    // ECR speaks to upstreams over HTTPS alone, with certificates verified (user guide, pull-through-cache).
    transport: 'verified-tls',
    credential: stored ? 'stored' : 'none',
    takes:
      upstreamPrefix === 'ROOT' ? { mode: 'everything' } : { mode: 'part', prefix: upstreamPrefix },
  };
}

type Upstream = ValueOf<RegistryFacts['upstreams']>[number];

/** What is created by hand, and by each template. */
async function newRepositories(
  settings: Settings,
  { region }: Place,
  { startsOpen }: RegistryAccess,
): Promise<RegistryFacts['newRepositories']> {
  const [scanning, inspector, templates, openByHand] = await Promise.all([
    settings.scanning(),
    settings.inspector(),
    settings.templates(region),
    startsOpen(null),
  ]);
  if (!('value' in templates)) return templates;
  const scanned = join(
    [scanning, inspector],
    ({ type, everyPush }, state) => everyPush && (type !== 'ENHANCED' || state === 'ENABLED'),
  );
  const started = (open: Fact<boolean>, entries: (start: Start) => readonly NewRepository[]) =>
    join([scanned, open], (pushScan, isOpen) =>
      entries({ visibility: isOpen ? 'public' : 'private', pushScan: pushScan ? 'on' : 'off' }),
    );
  const byHand = started(openByHand, (start) => [
    { ...start, origin: 'created by hand', tagLock: { mode: 'chosen-by-creator' } },
  ]);
  const byTemplate = templates.value.map(async (template) =>
    started(await startsOpen(template), (start) => fromTemplate(template, start)),
  );
  const rest = eachEntry(templates, (): NewRepository[] => []);
  return joinLists([byHand, ...(await Promise.all(byTemplate)), rest]);
}

type NewRepository = ValueOf<RegistryFacts['newRepositories']>[number];
type Start = Pick<NewRepository, 'visibility' | 'pushScan'>;

const reasons: Readonly<Record<string, string>> = {
  PULL_THROUGH_CACHE: 'cached from upstream',
  REPLICATION: 'replicated to here',
  CREATE_ON_PUSH: 'created on push',
};

function fromTemplate(template: CreationTemplate, start: Start): readonly NewRepository[] {
  return template.appliedFor.map((reason) => ({
    ...start,
    origin: `${reasons[reason]} under ${template.prefix === 'ROOT' ? 'any prefix' : template.prefix}`,
    tagLock:
      reason === 'PULL_THROUGH_CACHE'
        ? ({ mode: 'not-needed', why: 'a cache must be able to refresh its tags' } as const)
        : ({ mode: 'set', lock: template.lock } as const),
  }));
}
