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
  'rules run dry': [{ retention: { mode: 'dry-run' } }, 'pass'],
  'only untagged images are removed': [rules({ ...ofTags(), selects: 'untagged' }), 'pass'],
  'only the newest three images stay': [rules(ofAll({ mode: 'newest', images: 3 })), 'fail'],
  'nothing is declared and the newest hundred stay': [
    rules(ofAll({ mode: 'newest', images: 100 })),
    'pass',
  ],
  'nothing is declared and the tags may be those of production': [
    rules(ofTags('release-*')),
    'fail',
  ],
  'all but the newest hundred images go, those of production included': [
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
  'images are removed when nobody has pulled them for half a year': [
    rules(ofAll({ mode: 'days', days: 180, since: 'pull' })),
    'pass',
    { productionTags: ['v*'] },
  ],
  'a week without a pull is no proof of disuse': [
    rules(ofAll({ mode: 'days', days: 7, since: 'pull' })),
    'fail',
    { productionTags: ['v*'] },
  ],
  'tags of production and of signatures are kept by another rule': [
    rules({ ...ofAll({ mode: 'days', days: 14, since: 'push' }), spares: ['v*', 'sha256-*'] }),
    'pass',
    { productionTags: ['v*'] },
  ],
  'tags of production are kept, but not those of their signatures': [
    rules({ ...ofAll({ mode: 'days', days: 14, since: 'push' }), spares: ['v*'] }),
    'fail',
    { productionTags: ['v*'] },
  ],
  'other tags than those of production are kept': [
    rules({ ...ofAll({ mode: 'days', days: 14, since: 'push' }), spares: ['dev-*', 'sha256-*'] }),
    'fail',
    { productionTags: ['v*'] },
  ],
  'tags that production does not use are removed': [
    rules(ofTags('pr-*')),
    'pass',
    { productionTags: ['v*'] },
  ],
  'a pattern overlaps the tags of production': [
    rules(ofTags('*-rc')),
    'fail',
    { productionTags: ['v*'] },
  ],
  'an image may carry a tag of production beside the other tag a rule asks for': [
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
  'the rule moves images to where nobody can pull them': [
    rules({ ...ofTags('v*'), removes: false, archives: true }),
    'fail',
    { productionTags: ['v*'] },
  ],
  'a higher rule keeps production and signatures from a rule for other tags': [
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
