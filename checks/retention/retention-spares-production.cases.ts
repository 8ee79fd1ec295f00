import { cases } from '../../src/engine/cases.ts';
import type { RetentionRule } from '../../src/model/retention.ts';
import { retentionSparesProduction } from './retention-spares-production.ts';

const ofTags = (...patterns: string[]): RetentionRule => ({
  name: 'old builds',
  selects: 'tagged',
  patterns,
  removes: true,
  keeps: { mode: 'days', days: 14, since: 'push' },
});
const ofAll = (keeps: RetentionRule['keeps']): RetentionRule => ({
  name: 'everything',
  selects: 'any',
  patterns: [],
  removes: true,
  keeps,
});
const rules = (...of: RetentionRule[]) => ({ retention: { mode: 'rules' as const, rules: of } });

export default cases(retentionSparesProduction, {
  'nothing is removed': [{ retention: { mode: 'none' } }, 'pass'],
  'the rules are in dry-run mode': [{ retention: { mode: 'dry-run' } }, 'pass'],
  'only untagged images are removed': [rules({ ...ofTags(), selects: 'untagged' }), 'pass'],
  'only the newest three images are kept': [rules(ofAll({ mode: 'newest', images: 3 })), 'fail'],
  'no production tag is declared and the newest hundred images are kept': [
    rules(ofAll({ mode: 'newest', images: 100 })),
    'pass',
  ],
  'no production tag is declared and the tags may be production tags': [
    rules(ofTags('release-*')),
    'fail',
  ],
  'all but the newest hundred images are removed, production included': [
    rules(ofAll({ mode: 'newest', images: 100 })),
    'fail',
    { productionTags: ['v*'] },
  ],
  'production is kept by a number that is never reached': [
    rules({ ...ofTags('v*'), keeps: { mode: 'newest', images: 9999 } }),
    'pass',
    { productionTags: ['v*'] },
  ],
  'images are removed a year after their push, deployed or not': [
    rules(ofAll({ mode: 'days', days: 365, since: 'push' })),
    'fail',
    { productionTags: ['v*'] },
  ],
  'images are removed after half a year without a pull': [
    rules(ofAll({ mode: 'days', days: 180, since: 'pull' })),
    'pass',
    { productionTags: ['v*'] },
  ],
  'a week without a pull is no proof of disuse': [
    rules(ofAll({ mode: 'days', days: 7, since: 'pull' })),
    'fail',
    { productionTags: ['v*'] },
  ],
  'another rule keeps production and signature tags': [
    rules({ ...ofAll({ mode: 'days', days: 14, since: 'push' }), spares: ['v*', 'sha256-*'] }),
    'pass',
    { productionTags: ['v*'] },
  ],
  'production tags are kept, but not their signature tags': [
    rules({ ...ofAll({ mode: 'days', days: 14, since: 'push' }), spares: ['v*'] }),
    'fail',
    { productionTags: ['v*'] },
  ],
  'only other tags than production tags are kept': [
    rules({ ...ofAll({ mode: 'days', days: 14, since: 'push' }), spares: ['dev-*', 'sha256-*'] }),
    'fail',
    { productionTags: ['v*'] },
  ],
  'tags that production does not use are removed': [
    rules(ofTags('pr-*')),
    'pass',
    { productionTags: ['v*'] },
  ],
  'a pattern overlaps the production tags': [
    rules(ofTags('*-rc')),
    'fail',
    { productionTags: ['v*'] },
  ],
  'an image may have a production tag besides the tag that a rule selects': [
    rules(ofTags('v*', 'pr-*')),
    'fail',
    { productionTags: ['v*'] },
  ],
  'signatures are removed': [rules(ofTags('*.sig')), 'fail', { productionTags: ['v*'] }],
  'the rule never removes anything': [
    rules({ ...ofTags('v*'), removes: false }),
    'pass',
    { productionTags: ['v*'] },
  ],
  'the rule archives images, which cannot be pulled then': [
    rules({ ...ofTags('v*'), removes: false, archives: true }),
    'fail',
    { productionTags: ['v*'] },
  ],
  'a rule of higher priority spares production and signature tags': [
    rules({ ...ofTags('build-*'), spares: ['v*', 'sha256-*'] }),
    'pass',
    { productionTags: ['v*'] },
  ],
  'a repository outside production': [
    rules(ofAll({ mode: 'newest', images: 3 })),
    'pass',
    { productionRepositories: ['prod/*'], repository: 'sandbox/app' },
  ],
});
