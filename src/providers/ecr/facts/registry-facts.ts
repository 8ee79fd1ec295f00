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
    newRepositories: () => newRepositories(settings, place),
  };
}

async function newRepositories(
  settings: Settings,
  { region }: Place,
): Promise<RegistryFacts['newRepositories']> {
  const facts = await Promise.all([
    settings.scanning(),
    settings.inspector(),
    settings.templates(region),
  ]);
  return join(facts, ({ type, everyPush }, inspector, templates) => {
    const scanned = everyPush && (type !== 'ENHANCED' || inspector === 'ENABLED');
    const common = { visibility: 'private', pushScan: scanned ? 'on' : 'off' } as const;
    const byHand = {
      ...common,
      origin: 'created by hand',
      tagLock: { mode: 'chosen-by-creator' },
    } as const;
    return [byHand, ...templates.flatMap((template) => fromTemplate(template, common))];
  });
}

const reasons: Readonly<Record<string, string>> = {
  PULL_THROUGH_CACHE: 'cached from upstream',
  REPLICATION: 'replicated to here',
  CREATE_ON_PUSH: 'created on push',
};

function fromTemplate(
  template: CreationTemplate,
  common: { visibility: 'private'; pushScan: 'on' | 'off' },
) {
  return template.appliedFor.map((reason) => ({
    ...common,
    origin: `${reasons[reason]} under ${template.prefix === 'ROOT' ? 'any prefix' : template.prefix}`,
    tagLock:
      reason === 'PULL_THROUGH_CACHE'
        ? ({ mode: 'not-needed', why: 'a cache must be able to refresh its tags' } as const)
        : ({ mode: 'set', lock: template.lock } as const),
  }));
}
