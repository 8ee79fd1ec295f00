import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Expectations } from '../../src/model/expectations.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RepositoryFacts } from '../../src/model/repository.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const replicationTargetsTrusted = defineCheck({
  id: 'replication-targets-trusted',
  subject: 'repository',
  severity: 'high',
  impact: 'exposure',
  title: 'Images are replicated only to your own or trusted accounts and registries',
  why: 'Replication copies every pushed image to its targets automatically. One mistyped account number gives somebody else a copy of every future image.',
  checklist: ['F6', 'M3'],
  topics: ['least-privilege-and-push-restricted', 'replication-backup'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['replicationTargets'],
  decidedBy: ['replicationTargets'],

  judge({ replicationTargets }, expected) {
    const untrusted = replicationTargets.filter((target) => !isTrusted(target, expected));
    if (untrusted.length > 0) {
      return fail(
        `replicated to untrusted accounts: ${enumerate(untrusted.map(label))}; declare trusted ones in expect.trustedAccounts`,
      );
    }
    return replicationTargets.length === 0
      ? pass('not replicated')
      : pass(`replicated only to ${enumerate(replicationTargets.map(label))}`);
  },
});

type Target = ValueOf<RepositoryFacts['replicationTargets']>[number];

function isTrusted({ own, account }: Target, { trustedAccounts }: Expectations): boolean {
  return own || matchesAny(trustedAccounts, account);
}

function label({ place, account }: Target): string {
  return place === account ? place : `${place} (account ${account})`;
}
