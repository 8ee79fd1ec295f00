import { DecodeError, stringAt } from '../../../decode/fields.ts';
import { hostOf } from '../../../model/host.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { join, known } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import { type Capability, webhookNames } from '../decode/server.ts';
import { operations } from '../operations.ts';
import { auditByHand, hooksByHand, shippedLogs } from '../provides.ts';
import { isMissingRoute } from './releases.ts';
import type { Settings } from './settings.ts';

/** Up to this release the route is known to be missing; it is there in 3.94. */
const lastWithout = 77;

type Listed = Awaited<ReturnType<Settings['capabilities']>>;

/** The capabilities; null: the release is known to have no route for them. */
async function capabilities(settings: Settings): Promise<Listed | null> {
  const list = await settings.capabilities();
  return (await isMissingRoute(list, lastWithout, settings)) ? null : list;
}

/** Audit records changes of settings and of content, but no downloads. */
export async function auditLog(settings: Settings): Promise<RegistryFacts['auditLog']> {
  const list = await capabilities(settings);
  if (list === null) return auditByHand;
  const audit = 'value' in list ? list.value.filter(({ type }) => type === 'audit') : [];
  if (audit.some(({ serving }) => serving)) {
    return known('listCapabilities', operations.listCapabilities.permission, () => ({
      mode: 'on',
      administration: true,
      push: true,
      pull: false,
      by: ['the capability Audit'],
      gaps: ['downloads are recorded in request.log alone'],
    }));
  }
  const state = audit.length === 0 ? 'missing' : 'not active';
  return join([list], () => ({ mode: 'off', why: `the capability Audit is ${state}` }));
}

/** Where records go by webhook. That none is set does not tell that no agent ships the file. */
export async function auditExport(settings: Settings): Promise<RegistryFacts['auditExport']> {
  const list = await capabilities(settings);
  if (list === null) return shippedLogs;
  const exports = eachEntry(list, (one) => {
    if (one.type !== 'webhook.global' || !one.enabled) return [];
    if (!webhookNames(one).includes('audit')) return [];
    const delivers = one.serving
      ? ({ mode: 'yes' } as const)
      : ({ mode: 'no', why: 'the capability is not active' } as const);
    return [{ kind: 'webhook', destination: targetOf(one).host, delivers }];
  });
  return exports.state === 'known' && exports.value.length === 0 ? shippedLogs : exports;
}

/** Webhooks that tell of a repository, those of the whole server among them. */
export async function webhooks(
  repository: string,
  settings: Settings,
): Promise<RepositoryFacts['webhooks']> {
  const list = await capabilities(settings);
  if (list === null) return hooksByHand;
  return eachEntry(list, (one) => {
    if (!one.type.startsWith('webhook.') || !one.enabled) return [];
    if (
      one.type === 'webhook.repository' &&
      stringAt(one.properties, 'repository') !== repository
    ) {
      return [];
    }
    return [targetOf(one)];
  });
}

/** The host alone: an address may hold a secret. */
function targetOf({ properties }: Capability) {
  const url = stringAt(properties, 'url');
  const host = hostOf(url);
  if (host === null || !/^https?:\/\//i.test(url)) throw new DecodeError('url is not an address');
  const transport = /^https:/i.test(url) ? ('verified-tls' as const) : ('plain-http' as const);
  return { host, transport };
}
