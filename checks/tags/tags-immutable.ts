import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { holdsProduction, tagsOfProduction } from '../../src/model/production.ts';
import { movableTags } from '../../src/model/tag-lock.ts';

export const tagsImmutable = defineCheck({
  id: 'tags-immutable',
  subject: 'repository',
  severity: 'high',
  impact: 'write',
  title: 'Production tags are immutable',
  why: 'Deployments refer to tags. Anyone who can move a tag can replace what those deployments run, and the image that starts is not the one that was tested, scanned and signed.',
  checklist: ['B3', 'F5'],
  topics: ['tag-immutability'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['tagLock'],
  mitigatedBy: ['contentOrigin'],

  judge({ tagLock, contentOrigin }, expected) {
    if (!holdsProduction(expected)) return pass('not declared as a production repository');
    if (contentOrigin?.mode === 'cache') {
      return pass(`caches ${contentOrigin.of}, whose tags must follow the upstream`);
    }
    const movable = movableTags(tagLock, tagsOfProduction(expected));
    const declare =
      expected.productionTags.length === 0
        ? '; declare production tags in expect.productionTags'
        : '';
    switch (tagLock.mode) {
      case 'all':
        return pass('every tag is immutable');
      case 'all-except':
        return movable.length === 0
          ? pass(`every production tag is immutable${except(tagLock.patterns)}`)
          : fail(`tags matching ${enumerate(movable)} are mutable${declare}`);
      case 'only':
        return movable.length === 0
          ? pass(
              `tags matching ${enumerate(tagLock.patterns)} are immutable, production tags included`,
            )
          : fail(`only tags matching ${enumerate(tagLock.patterns)} are immutable${declare}`);
      case 'none':
        return fail('every tag is mutable');
    }
  },
});

function except(patterns: readonly string[]): string {
  return patterns.length === 0 ? '' : `; only ${enumerate(patterns)} are mutable`;
}
