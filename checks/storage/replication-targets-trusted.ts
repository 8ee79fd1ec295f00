import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Expectations } from '../../src/model/expectations.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RepositoryFacts } from '../../src/model/repository.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const replicationTargetsTrusted = defineCheck({
  id: 'replication-targets-trusted',
  subject: 'repository',
  severity: 'high',
  title: 'Images are copied to your own or trusted accounts and registries alone',
  why: 'Replication hands every pushed image to its targets by itself. One number mistyped, and a stranger holds a copy of all that is built from then on.',
  checklist: ['F6', 'M3'],
  topics: ['least-privilege-and-push-restricted', 'replication-backup'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['replicationTargets'],
  decidedBy: ['replicationTargets'],

  judge({ replicationTargets }, expected) {
    const strangers = replicationTargets.filter((target) => !isTrusted(target, expected));
    if (strangers.length > 0) {
      return fail(
        `images are copied to accounts that are not known as yours: ${enumerate(strangers.map(label))}; expect.trustedAccounts would name those that are trusted`,
      );
    }
    return replicationTargets.length === 0
      ? pass('images are copied nowhere')
      : pass(`images are copied to ${enumerate(replicationTargets.map(label))} alone`);
  },
});

type Target = ValueOf<RepositoryFacts['replicationTargets']>[number];

function isTrusted({ own, account }: Target, { trustedAccounts }: Expectations): boolean {
  return own || matchesAny(trustedAccounts, account);
}

function label({ place, account }: Target): string {
  return place === account ? place : `${place} (account ${account})`;
}
