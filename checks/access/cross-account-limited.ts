import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Expectations } from '../../src/model/expectations.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RepositoryFacts } from '../../src/model/repository.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const crossAccountLimited = defineCheck({
  id: 'cross-account-limited',
  subject: 'repository',
  severity: 'high',
  impact: 'exposure',
  title: 'Only trusted accounts, organisations and tenants have access',
  why: 'You can neither see nor stop what another account does with its access, and one mistyped account number grants it to somebody else.',
  checklist: ['F2'],
  topics: ['least-privilege-and-push-restricted', 'no-anonymous-public-access'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['outsideAccess'],
  decidedBy: ['outsideAccess'],

  judge({ outsideAccess }, expected) {
    const untrusted = outsideAccess.filter((grant) => !trusted(grant, expected));
    if (untrusted.length > 0) {
      return fail(
        `untrusted principals have access: ${enumerate(untrusted.map(label))}; declare trusted ones in expect.trustedAccounts or expect.trustedOrganizations`,
      );
    }
    if (outsideAccess.length === 0) return pass('no outside principal has access');
    return pass(
      `outside access is declared or within the organisation: ${enumerate(outsideAccess.map(label))}`,
    );
  },
});

type OutsideGrant = ValueOf<RepositoryFacts['outsideAccess']>[number];

function trusted(grant: OutsideGrant, expected: Expectations): boolean {
  switch (grant.kind) {
    case 'anyone':
    case 'everyone-signed-in':
      return (
        grant.can.every((right) => right === 'pull' || right === 'read-settings') &&
        matchesAny(expected.publicRepositories, expected.repository)
      );
    case 'account':
    case 'organization':
    case 'tenant':
    case 'principal':
    case 'service':
      return grant.own || declared(grant, expected);
  }
}

function declared({ id, account }: OutsideGrant, expected: Expectations): boolean {
  const patterns = [...expected.trustedAccounts, ...expected.trustedOrganizations];
  return [id, account].some((name) => name !== '' && matchesAny(patterns, name));
}

function label({ kind, id, can }: OutsideGrant): string {
  return `${id} (${kind.replaceAll('-', ' ')}: ${can.map((right) => right.replaceAll('-', ' ')).join(', ')})`;
}
