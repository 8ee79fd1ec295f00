import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { holdsProduction, tagsOfProduction } from '../../src/model/production.ts';
import { movableTags } from '../../src/model/tag-lock.ts';

export const tagsImmutable = defineCheck({
  id: 'tags-immutable',
  subject: 'repository',
  severity: 'high',
  title: 'Tags of production cannot be moved to another image',
  why: 'Deployments name tags. Whoever can move a tag can replace what those deployments run, and what was tested, scanned and signed is then not what starts.',
  checklist: ['B3', 'F5'],
  topics: ['tag-immutability'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['tagLock'],
  mitigatedBy: ['contentOrigin'],

  judge({ tagLock, contentOrigin }, expected) {
    if (!holdsProduction(expected)) return pass('not declared as a repository of production');
    if (contentOrigin?.mode === 'cache') {
      return pass(`holds a cache of ${contentOrigin.of}, whose tags have to follow the upstream`);
    }
    const movable = movableTags(tagLock, tagsOfProduction(expected));
    const declare =
      expected.productionTags.length === 0
        ? '; productionTags in regaudit.yaml would tell which of them production deploys'
        : '';
    switch (tagLock.mode) {
      case 'all':
        return pass('every tag is locked');
      case 'all-except':
        return movable.length === 0
          ? pass(`every tag of production is locked${except(tagLock.patterns)}`)
          : fail(`tags matching ${enumerate(movable)} can be moved${declare}`);
      case 'only':
        return movable.length === 0
          ? pass(`tags matching ${enumerate(tagLock.patterns)} are locked, production's among them`)
          : fail(`only tags matching ${enumerate(tagLock.patterns)} are locked${declare}`);
      case 'none':
        return fail('any tag can be moved');
    }
  },
});

function except(patterns: readonly string[]): string {
  return patterns.length === 0 ? '' : `; only ${enumerate(patterns)} can be moved`;
}
