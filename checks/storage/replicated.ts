import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const replicated = defineCheck({
  id: 'replicated',
  subject: 'repository',
  severity: 'low',
  title: 'Images exist in a second region or site that is yours or trusted',
  why: 'When a region or a registry is down, nothing that needs a pull starts any more. A copy in an account that is not yours does not help, and hands your images to others.',
  checklist: ['F6', 'M3'],
  topics: ['replication-backup'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['replication'],

  judge({ replication }, { trustedAccounts }) {
    switch (replication.mode) {
      case 'none':
        return fail(`images exist in one place only${because(replication)}`);
      case 'to': {
        const yours = ({ own, account }: (typeof replication.places)[number]) =>
          own || matchesAny(trustedAccounts, account);
        const named = (places: typeof replication.places) =>
          enumerate(places.map(({ place, account }) => `${place} (account ${account})`));
        const kept = replication.places.filter(yours);
        const foreign = named(replication.places.filter((place) => !yours(place)));
        if (kept.length === 0) {
          return fail(
            foreign === ''
              ? 'images exist in one place only'
              : `images are copied to accounts that are not known as yours: ${foreign}; trustedAccounts in regaudit.yaml would tell which are`,
          );
        }
        const also =
          foreign === '' ? '' : `, and to accounts that are not known as yours: ${foreign}`;
        return pass(`images are copied to ${named(kept)}${also}`);
      }
    }
  },
});
