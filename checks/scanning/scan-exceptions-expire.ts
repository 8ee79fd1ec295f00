import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { daysBetween } from '../../src/model/instant.ts';

export const scanExceptionsExpire = defineCheck({
  id: 'scan-exceptions-expire',
  subject: 'repository',
  severity: 'medium',
  impact: 'enforcement',
  title: 'Every vulnerability exception has an expiry date',
  why: 'An exception is granted because a fix is expected. Without an expiry date it outlives its reason, and every later image with that vulnerability passes unnoticed.',
  checklist: ['C3'],
  topics: ['scanning-enforced-block-vulnerable'],
  references: ['https://csrc.nist.gov/pubs/sp/800/218/final'],
  needs: ['scanExceptions'],
  decidedBy: ['scanExceptions'],

  judge({ scanExceptions }, { now }) {
    const endless: string[] = [];
    const open: string[] = [];
    for (const { name, until } of scanExceptions) {
      if (until === null) endless.push(name);
      else if (daysBetween(now, until) >= 0) open.push(`${name} until ${until}`);
    }
    if (endless.length > 0) return fail(`exceptions without an expiry date: ${enumerate(endless)}`);
    return pass(
      open.length === 0
        ? 'no vulnerability exception is active'
        : `every exception has an expiry date: ${enumerate(open)}`,
    );
  },
});
