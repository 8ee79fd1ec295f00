import { cases } from '../../src/engine/cases.ts';
import type { RetentionRule } from '../../src/model/retention.ts';
import { untaggedExpire } from './untagged-expire.ts';

const untagged: RetentionRule = {
  name: 'untagged',
  selects: 'untagged',
  patterns: [],
  removes: true,
  keeps: { mode: 'days', days: 14, since: 'push' },
};

const rules = (...of: RetentionRule[]) => ({ retention: { mode: 'rules' as const, rules: of } });

export default cases(untaggedExpire, {
  'untagged images go after two weeks': [rules(untagged), 'pass'],
  'a rule for all images takes the untagged ones too': [
    rules({ ...untagged, selects: 'any' }),
    'pass',
  ],
  'only tagged images are removed': [
    rules({ ...untagged, selects: 'tagged', patterns: ['pr-*'] }),
    'fail',
  ],
  'a rule for all images that asks for a tag': [
    rules({ ...untagged, selects: 'any', patterns: ['*'] }),
    'fail',
  ],
  'untagged images are only archived': [rules({ ...untagged, removes: false }), 'fail'],
  'a limit that no repository reaches': [
    rules({ ...untagged, keeps: { mode: 'newest', images: 100_000 } }),
    'fail',
  ],
  'untagged images go as soon as they lose their tag': [
    rules({ ...untagged, keeps: { mode: 'days', days: 0, since: 'untag' } }),
    'pass',
  ],
  'the plan has no retention': [
    { retention: { mode: 'none', because: 'the small plan has none, the large plan has' } },
    'fail',
  ],
  'rules run dry': [{ retention: { mode: 'dry-run' } }, 'fail'],
  'nothing is configured': [{ retention: { mode: 'none' } }, 'fail'],
});
