import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { opensEverything } from '../decode/glob.ts';
import {
  authMode,
  externalUrl,
  projectCreation,
  release,
  selfRegistration,
  signIn,
} from '../decode/instance.ts';
import { isPublic, type UpstreamFilter, upstreamFilter, upstreamId } from '../decode/project.ts';
import type { Endpoint } from '../decode/registry.ts';
import { administrators } from './administrators.ts';
import { auditExport, auditLog, auditRetention } from './audit.ts';
import { credentials } from './credentials.ts';
import { directoryOf } from './directory.ts';
import { supportOf } from './releases.ts';
import type { Settings } from './settings.ts';
import { type Probe, probed } from './transport.ts';

/** How each fact of an instance is learnt. */
export function registryCollectors(
  settings: Settings,
  probe: Probe,
  now: string,
): Collectors<'registry'> {
  const info = settings.info;
  return {
    anonymousCatalog: () => anonymousCatalog(settings),
    sharedLogin: () => sharedLogin(settings),
    signIn: async () => join([await info()], signIn),
    selfRegistration: async () => join([await info()], selfRegistration),
    credentials: () => credentials(settings),
    administrators: () => administrators(settings, now),
    projectCreation: async () => join([await info()], projectCreation),
    transport: async () => {
      const url = join([await info()], externalUrl);
      return url.state === 'known' ? probed(probe, url.value) : url;
    },
    auditLog: () => auditLog(settings, now),
    auditExport: () => auditExport(settings),
    auditRetention: () => auditRetention(settings),
    upstreams: () => upstreams(settings),
    version: async () =>
      join([await info()], (known) => {
        const { version, minor } = release(known);
        return { product: 'Harbor', version, support: supportOf(minor, now) };
      }),
    directory: () => directory(settings),
  };
}

/** Whoever asks is shown the repositories of public projects. */
async function anonymousCatalog(settings: Settings): Promise<RegistryFacts['anonymousCatalog']> {
  const open = join([await settings.projects()], (projects) =>
    projects.filter(isPublic).map(({ name }) => name),
  );
  if (open.state !== 'known') return open;
  const { value } = open;
  if (value.length === 0) {
    return join([open, await settings.visibility()], () => ({ mode: 'hidden' }));
  }
  const shown = value.slice(0, 3).join(', ');
  const more = value.length > 3 ? ` and ${value.length - 3} more` : '';
  return join([open], () => ({
    mode: 'listed',
    how: `those of public projects: ${shown}${more}`,
  }));
}

/**
 * The account that every instance is born with; it cannot be deleted, but another administrator can take
 * the flag from it (handler/user.go, requireDeletable and SetUserSysAdmin).
 */
async function sharedLogin(settings: Settings): Promise<RegistryFacts['sharedLogin']> {
  return join([await settings.firstUser(), await settings.info()], (first, info) => {
    // It can still sign in, as one user among others.
    if (!first.administrator) return { mode: 'none' };
    const kind = authMode(info) === 'db_auth' ? 'vendor-default' : 'local-admin';
    return { mode: 'active', account: first.name, kind };
  });
}

async function directory(settings: Settings): Promise<RegistryFacts['directory']> {
  const mode = join([await settings.info()], authMode);
  if (mode.state !== 'known') return mode;
  if (mode.value === 'db_auth') return join([mode], () => ({ mode: 'none' }));
  return join([mode, await settings.configuration()], directoryOf);
}

type Upstream = ValueOf<RegistryFacts['upstreams']>[number];

/** The registries that proxy-cache projects stand before. */
async function upstreams(settings: Settings): Promise<RegistryFacts['upstreams']> {
  const everyProject = join([await settings.projects(), await settings.visibility()], () => []);
  const caches = eachEntry(await settings.projects(), (one) => {
    const id = upstreamId(one);
    return id === null ? [] : [{ name: one.name, id, filter: upstreamFilter(one) }];
  });
  if (!('value' in caches) || caches.value.length === 0) {
    return joinLists([eachEntry(caches, (): Upstream[] => []), everyProject]);
  }
  const registries = await settings.registries();
  const found = 'value' in registries ? registries.value : [];
  const missing = join([registries], () => []);
  const entries = eachEntry(caches, ({ name, id, filter }) => {
    if (missing.state !== 'known' && !found.some((one) => one.id === id)) return [];
    const { url, transport, credential } = endpointOf(found, id);
    return [{ prefix: name, url, transport, credential, takes: takes(filter) }];
  });
  return joinLists([entries, missing, everyProject]);
}

/** The registry of a proxy-cache project. Throws when it is not among those that are listed. */
export function endpointOf(registries: readonly Endpoint[], wanted: number): Endpoint {
  const found = registries.find(({ id }) => id === wanted);
  if (found === undefined) throw new Error(`registry ${wanted} is not in the list of registries`);
  return found;
}

type Takes = Upstream['takes'];

/** A regular expression narrows down only where it certainly asks for a path at the beginning. */
function takes(filter: UpstreamFilter | null): Takes {
  if (filter === null) return { mode: 'everything' };
  const { kind, pattern } = filter;
  const narrow =
    kind === 'doublestar'
      ? !opensEverything(pattern)
      : !pattern.includes('|') && /^\^[a-z0-9][a-z0-9_-]*\/(?![?*{])/.test(pattern);
  return narrow ? { mode: 'part', prefix: pattern } : { mode: 'everything' };
}
