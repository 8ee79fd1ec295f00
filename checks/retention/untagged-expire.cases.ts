import { cases } from '../../src/engine/cases.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RepositoryFacts } from '../../src/model/repository.ts';
import type { Retention, RetentionRule } from '../../src/model/retention.ts';
import { untaggedExpire } from './untagged-expire.ts';

type Collection = ValueOf<RepositoryFacts['garbageCollection']>;

const untagged: RetentionRule = {
  name: 'untagged',
  selects: 'untagged',
  patterns: [],
  removes: true,
  keeps: { mode: 'days', days: 14, since: 'push' },
};

const collected = (garbageCollection: Collection, retention: Retention = { mode: 'none' }) => ({
  retention,
  garbageCollection,
});
const alone = (retention: Retention) => collected({ mode: 'none' }, retention);
const rules = (...of: RetentionRule[]) => alone({ mode: 'rules', rules: of });

export default cases(untaggedExpire, {
  'untagged images are removed after two weeks': [rules(untagged), 'pass'],
  'a rule for all images removes the untagged ones too': [
    rules({ ...untagged, selects: 'any' }),
    'pass',
  ],
  'only tagged images are removed': [
    rules({ ...untagged, selects: 'tagged', patterns: ['pr-*'] }),
    'fail',
  ],
  'a rule for all images that requires a tag': [
    rules({ ...untagged, selects: 'any', patterns: ['*'] }),
    'fail',
  ],
  'untagged images are only archived': [rules({ ...untagged, removes: false }), 'fail'],
  'a limit that no repository reaches': [
    rules({ ...untagged, keeps: { mode: 'newest', images: 100_000 } }),
    'fail',
  ],
  'untagged images are removed as soon as they lose their tag': [
    rules({ ...untagged, keeps: { mode: 'days', days: 0, since: 'untag' } }),
    'pass',
  ],
  'the plan has no retention': [
    alone({ mode: 'none', because: 'the small plan has none, the large plan has' }),
    'fail',
  ],
  'the rules are in dry-run mode': [alone({ mode: 'dry-run' }), 'fail'],
  'nothing is configured': [alone({ mode: 'none' }), 'fail'],
  'garbage collection removes untagged images': [
    collected({ mode: 'untagged', by: 'garbage collection, daily' }),
    'pass',
  ],
  'garbage collection removes untagged images, and rules remove other images': [
    collected(
      { mode: 'untagged', by: 'garbage collection, daily' },
      { mode: 'rules', rules: [{ ...untagged, selects: 'tagged', patterns: ['pr-*'] }] },
    ),
    'pass',
  ],
  'the rules are enough, and garbage collection was not read': [
    collected(
      { mode: 'not-asked', because: 'a rule removes untagged images' },
      { mode: 'rules', rules: [untagged] },
    ),
    'pass',
  ],
});
