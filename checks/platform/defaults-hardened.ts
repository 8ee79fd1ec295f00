import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RegistryFacts } from '../../src/model/registry.ts';
import { movableTags } from '../../src/model/tag-lock.ts';

export const defaultsHardened = defineCheck({
  id: 'defaults-hardened',
  subject: 'registry',
  severity: 'medium',
  title: 'New repositories start private, scanned on push and with locked tags',
  why: 'Nobody hardens by hand what a robot creates at night: a repository stays as it started.',
  checklist: [],
  topics: ['no-anonymous-public-access', 'vulnerability-scan-on-push', 'tag-immutability'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['newRepositories'],
  decidedBy: ['newRepositories'],

  judge({ newRepositories }) {
    const faults = newRepositories.flatMap((start) =>
      weaknesses(start).map((weakness) => `${start.origin}: ${weakness}`),
    );
    if (faults.length > 0) return fail(`new repositories start weak: ${enumerate(faults)}`);
    return newRepositories.length === 0
      ? pass('no new repositories can come into being')
      : pass(
          'new repositories start private, scanned on push and, where there is a default, locked',
        );
  },
});

type Start = ValueOf<RegistryFacts['newRepositories']>[number];

function weaknesses({ visibility, pushScan, tagLock }: Start): string[] {
  return [
    ...(visibility === 'private' ? [] : ['public']),
    ...(pushScan === 'on' ? [] : ['not scanned on push']),
    ...(startsLocked(tagLock) ? [] : ['tags can be moved']),
  ];
}

function startsLocked(tagLock: Start['tagLock']): boolean {
  switch (tagLock.mode) {
    case 'set':
      return movableTags(tagLock.lock, ['*']).length === 0;
    case 'chosen-by-creator':
    case 'not-needed':
      return true;
  }
}
