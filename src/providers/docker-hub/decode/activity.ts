import { objectOf, objectsAt, stringAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive } from '../../facts.ts';

type AuditLog = ValueOf<RegistryFacts['auditLog']>;

/**
 * A log that answers with events is on, and cannot be switched off: it has changes of organizations and
 * repositories and pushed tags, but no pulls (docs, activity logs).
 */
export function auditLog(raw: unknown): AuditLog {
  const events = objectsAt(objectOf(raw, 'the answer'), 'logs');
  for (const event of events) stringAt(event, 'action');
  if (events.length === 0) throw new Inconclusive('the activity log is empty');
  const by = ['the activity log of the organization'];
  return { mode: 'on', administration: true, push: true, pull: false, by };
}
