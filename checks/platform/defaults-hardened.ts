import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RegistryFacts } from '../../src/model/registry.ts';
import { movableTags } from '../../src/model/tag-lock.ts';

export const defaultsHardened = defineCheck({
  id: 'defaults-hardened',
  subject: 'registry',
  severity: 'medium',
  impact: 'enforcement',
  title: 'New repositories are private, scanned on push and have immutable tags by default',
  why: 'Nobody hardens repositories that automation creates: they keep the defaults they start with.',
  checklist: [],
  topics: ['no-anonymous-public-access', 'vulnerability-scan-on-push', 'tag-immutability'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['newRepositories'],
  decidedBy: ['newRepositories'],

  judge({ newRepositories }) {
    const faults = newRepositories.flatMap((start) =>
      weaknesses(start).map((weakness) => `${start.origin}: ${weakness}`),
    );
    if (faults.length > 0)
      return fail(`insecure defaults for new repositories: ${enumerate(faults)}`);
    return newRepositories.length === 0
      ? pass('no new repositories can be created')
      : pass(
          'new repositories are private, scanned on push and, where a default exists, have immutable tags',
        );
  },
});

type Start = ValueOf<RegistryFacts['newRepositories']>[number];

function weaknesses({ visibility, pushScan, tagLock }: Start): string[] {
  return [
    ...(visibility === 'private' ? [] : ['public']),
    ...(pushScan === 'on' ? [] : ['not scanned on push']),
    ...(hasImmutableTags(tagLock) ? [] : ['mutable tags']),
  ];
}

function hasImmutableTags(tagLock: Start['tagLock']): boolean {
  switch (tagLock.mode) {
    case 'set':
      return movableTags(tagLock.lock, ['*']).length === 0;
    case 'chosen-by-creator':
    case 'not-needed':
      return true;
  }
}
