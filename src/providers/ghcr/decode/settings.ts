import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeString,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';

/** Which workflows run in an organization, and which actions they may use. */
export interface ActionsPolicy {
  readonly runs: boolean;
  /** For a finding: what else runs beside the workflow's own steps. */
  readonly actions: string;
}

/** Where no workflow runs, `allowed_actions` is left out (docs, Actions permissions). */
export function actionsPolicy(raw: unknown): ActionsPolicy {
  const policy = objectOf(raw, 'the policy');
  const enabled = enumAt(policy, 'enabled_repositories', ['all', 'none', 'selected']);
  if (enabled === 'none') return { runs: false, actions: '' };
  const allowed = enumAt(policy, 'allowed_actions', ['all', 'local_only', 'selected']);
  const pinned = maybeBoolean(policy, 'sha_pinning_required') === true;
  return { runs: true, actions: `${actionsAllowed[allowed]}${pinned ? ', pinned by SHA' : ''}` };
}

const actionsAllowed = {
  all: 'any action',
  local_only: 'own actions alone',
  selected: 'selected actions',
} as const;

/** What the token of a workflow may do unless the workflow says otherwise. */
export function workflowDefault(raw: unknown): 'read' | 'write' {
  return enumAt(objectOf(raw, 'the permissions'), 'default_workflow_permissions', [
    'read',
    'write',
  ]);
}

type Webhook = ValueOf<RepositoryFacts['webhooks']>[number];

/** The target of a webhook that is sent events of packages; none if it is off or sent others alone. */
export function webhook(entry: unknown): readonly Webhook[] {
  const hook = objectOf(entry, 'a webhook');
  const events = stringsAt(hook, 'events');
  if (!booleanAt(hook, 'active') || !events.some((event) => ofPackages.includes(event))) return [];
  const config = objectAt(hook, 'config');
  const url = stringAt(config, 'url');
  const host = hostOf(url);
  if (host === null) throw new DecodeError('a webhook has no readable address');
  const unverified = isUnverified(config);
  if (/^http:\/\//i.test(url)) return [{ host, transport: 'plain-http' }];
  if (!/^https:\/\//i.test(url)) throw new DecodeError('a webhook is neither http nor https');
  return [{ host, transport: unverified ? 'unverified-tls' : 'verified-tls' }];
}

const ofPackages = ['*', 'package', 'registry_package'];

/** A text or a number, "0" for verified (docs, Webhook configuration). */
function isUnverified({ insecure_ssl: word }: JsonObject): boolean {
  if (word === '0' || word === 0) return false;
  if (word === '1' || word === 1) return true;
  throw new DecodeError('insecure_ssl is neither 0 nor 1');
}

type Export = ValueOf<RegistryFacts['auditExport']>[number];

/** A stream of the audit log of an enterprise; one that is paused delivers nothing. */
export function auditStream(entry: unknown): Export {
  const stream = objectOf(entry, 'a stream');
  if (stream['paused_at'] === undefined) throw new DecodeError('paused_at is missing');
  const enabled = booleanAt(stream, 'enabled');
  const paused = maybeString(stream, 'paused_at');
  const trouble = [
    ...(enabled ? [] : ['it is disabled']),
    ...(paused === null ? [] : [`it is paused since ${paused}`]),
  ];
  return {
    kind: `${stringAt(stream, 'stream_type')} stream`,
    destination: stringAt(stream, 'stream_details').slice(0, 100),
    delivers: trouble.length === 0 ? { mode: 'yes' } : { mode: 'no', why: trouble.join(' and ') },
  };
}

/** Throws unless all are events; a log without recent events is empty. */
export function auditEvents(raw: unknown): readonly string[] {
  return objectsAt({ events: raw }, 'events').map((event) => stringAt(event, 'action'));
}
