import { type JsonObject, maybeObject, objectAt, stringAt } from '../../../decode/fields.ts';
import { wordIn } from './words.ts';

/** A connected registry: a copy at another site. */
export interface EdgeRegistry {
  readonly name: string;
  readonly mode: 'read-only' | 'read-write';
  /** `not-serving`: it has never been brought up, so it has no address yet. */
  readonly transport: 'tls' | 'plain-http' | 'not-serving';
  readonly audit: 'on' | 'off';
}

/** `Registry` and `Mirror` are the older names of the two modes. */
const modes = ['ReadWrite', 'ReadOnly', 'Registry', 'Mirror'] as const;
const enabled = ['Enabled', 'Disabled'] as const;

export function edgeRegistry(entry: JsonObject): EdgeRegistry {
  const properties = objectAt(entry, 'properties');
  const mode = wordIn(properties, 'mode', modes);
  const logging = objectAt(properties, 'logging');
  return {
    name: stringAt(entry, 'name'),
    mode: mode === 'ReadOnly' || mode === 'Mirror' ? 'read-only' : 'read-write',
    transport: transportOf(properties),
    audit: wordIn(logging, 'auditLogStatus', enabled) === 'Enabled' ? 'on' : 'off',
  };
}

function transportOf(properties: JsonObject): EdgeRegistry['transport'] {
  const server = maybeObject(properties, 'loginServer');
  const active =
    wordIn(objectAt(properties, 'activation'), 'status', ['Active', 'Inactive']) === 'Active';
  if (server === null && !active) return 'not-serving';
  const tls = objectAt(objectAt(properties, 'loginServer'), 'tls');
  return wordIn(tls, 'status', enabled) === 'Enabled' ? 'tls' : 'plain-http';
}
