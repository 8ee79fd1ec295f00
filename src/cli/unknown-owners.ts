import type { Unknown } from '../model/fact.ts';
import type { Log } from './log.ts';

/** Counts the subjects whose owner is unknown because their tags are, and says it once for each reason. */
export function unknownOwners(log: Pick<Log, 'say'>) {
  const reasons = new Map<string, number>();
  return {
    unknown: ({ why, from: { operation, permission } }: Unknown) => {
      const grant = why === 'denied' && permission !== undefined ? `, grant ${permission}` : '';
      const reason = `${operation} ${why}${grant}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    log: () => {
      for (const [reason, count] of reasons)
        log.say(`ownerTag: the tags of ${count} subjects are unknown (${reason})`);
    },
  };
}
