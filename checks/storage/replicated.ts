import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const replicated = defineCheck({
  id: 'replicated',
  subject: 'repository',
  severity: 'low',
  title: 'Images are replicated to a second region or site that is yours or trusted',
  why: 'While a region or a registry is down, no workload that needs a pull can start. A replica in an untrusted account does not help, and gives your images to others.',
  checklist: ['F6', 'M3'],
  topics: ['replication-backup'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['replication'],

  judge({ replication }, { trustedAccounts }) {
    switch (replication.mode) {
      case 'none':
        return fail(`not replicated${because(replication)}`);
      case 'to': {
        const isTrusted = ({ own, account }: (typeof replication.places)[number]) =>
          own || matchesAny(trustedAccounts, account);
        const formatPlaces = (places: typeof replication.places) =>
          enumerate(places.map(({ place, account }) => `${place} (account ${account})`));
        const trusted = replication.places.filter(isTrusted);
        const foreign = formatPlaces(replication.places.filter((place) => !isTrusted(place)));
        if (trusted.length === 0) {
          return fail(
            foreign === ''
              ? 'not replicated'
              : `replicated only to untrusted accounts: ${foreign}; declare trusted ones in expect.trustedAccounts`,
          );
        }
        const also = foreign === '' ? '' : `, and to untrusted accounts: ${foreign}`;
        return pass(`replicated to ${formatPlaces(trusted)}${also}`);
      }
    }
  },
});
