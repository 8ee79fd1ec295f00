import { DecodeError, type JsonObject, objectOf, stringAt } from '../../../decode/fields.ts';
import { wordIn } from './words.ts';

/** The subscriptions in the rows of a query, once each. */
export function subscriptionsIn(rows: readonly JsonObject[]): readonly string[] {
  return [...new Set(rows.map((row) => stringAt(row, 'subscriptionId').toLowerCase()))].sort();
}

export function subscriptionIds(entries: readonly JsonObject[]): readonly string[] {
  const states = ['Enabled', 'Warned', 'PastDue', 'Disabled', 'Deleted'] as const;
  return entries
    .filter((entry) => wordIn(entry, 'state', states) !== 'Deleted')
    .map((entry) => stringAt(entry, 'subscriptionId').toLowerCase())
    .sort();
}

/** The tenant of Subscriptions_Get. Throws when the answer is about another subscription. */
export function tenantOf(raw: unknown, subscription: string): string {
  const answer = objectOf(raw, 'the answer');
  if (stringAt(answer, 'subscriptionId').toLowerCase() !== subscription.toLowerCase()) {
    throw new DecodeError('the answer is about another subscription');
  }
  return stringAt(answer, 'tenantId').toLowerCase();
}
