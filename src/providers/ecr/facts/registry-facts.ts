import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { join } from '../../facts.ts';
import type { CreationTemplate } from '../decode/registry.ts';
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
    upstreams: async () =>
      join([await settings.cacheRules()], (rules) =>
        rules.map(({ prefix, url, stored, upstreamPrefix }) => ({
          prefix: prefix === 'ROOT' ? '*' : prefix,
          url,
          // ECR speaks to upstreams over HTTPS alone, with certificates verified (user guide, pull-through-cache).
          transport: 'verified-tls',
          credential: stored ? 'stored' : 'none',
          takes:
            upstreamPrefix === 'ROOT'
              ? { mode: 'everything' }
              : { mode: 'part', prefix: upstreamPrefix },
        })),
      ),
    newRepositories: () => newRepositories(settings, place, access),
  };
}

async function newRepositories(
  settings: Settings,
  { region }: Place,
  { startsOpen }: RegistryAccess,
): Promise<RegistryFacts['newRepositories']> {
  const [scanning, inspector, templates] = await Promise.all([
    settings.scanning(),
    settings.inspector(),
    settings.templates(region),
  ]);
  if (templates.state !== 'known') return templates;
  const open = await Promise.all([null, ...templates.value].map(startsOpen));
  return join([scanning, inspector, ...open], ({ type, everyPush }, state, byHand, ...others) => {
    const scanned = everyPush && (type !== 'ENHANCED' || state === 'ENABLED');
    const start = (isOpen: boolean | undefined) =>
      ({
        visibility: isOpen === false ? 'private' : 'public',
        pushScan: scanned ? 'on' : 'off',
      }) as const;
    return [
      { ...start(byHand), origin: 'created by hand', tagLock: { mode: 'chosen-by-creator' } },
      ...templates.value.flatMap((template, at) => fromTemplate(template, start(others[at]))),
    ];
  });
}

const reasons: Readonly<Record<string, string>> = {
  PULL_THROUGH_CACHE: 'cached from upstream',
  REPLICATION: 'replicated to here',
  CREATE_ON_PUSH: 'created on push',
};

function fromTemplate(
  template: CreationTemplate,
  start: { visibility: 'private' | 'public'; pushScan: 'on' | 'off' },
) {
  return template.appliedFor.map((reason) => ({
    ...start,
    origin: `${reasons[reason]} under ${template.prefix === 'ROOT' ? 'any prefix' : template.prefix}`,
    tagLock:
      reason === 'PULL_THROUGH_CACHE'
        ? ({ mode: 'not-needed', why: 'a cache must be able to refresh its tags' } as const)
        : ({ mode: 'set', lock: template.lock } as const),
  }));
}
