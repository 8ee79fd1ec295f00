import { cases } from '../../src/engine/cases.ts';
import type { RetentionRule } from '../../src/model/retention.ts';
import { retentionConfigured } from './retention-configured.ts';

const oldOnes: RetentionRule = {
  name: 'old images',
  selects: 'any',
  patterns: [],
  removes: true,
  keeps: { mode: 'days', days: 365, since: 'push' },
};
const archive: RetentionRule = { ...oldOnes, name: 'archive', removes: false };

const rules = (...of: RetentionRule[]) => ({ retention: { mode: 'rules' as const, rules: of } });

export default cases(retentionConfigured, {
  'old images are removed': [rules(oldOnes), 'pass'],
  'one rule archives and another removes': [rules(archive, oldOnes), 'pass'],
  'nothing is configured': [{ retention: { mode: 'none' } }, 'fail'],
  'the plan has no retention': [
    { retention: { mode: 'none', because: 'the small plan has none, the large plan has' } },
    'fail',
  ],
  'the rules are in dry-run mode': [{ retention: { mode: 'dry-run' } }, 'fail'],
  'the policy has no rules': [rules(), 'fail'],
  'rules only archive': [rules(archive), 'fail'],
  'a rule keeps more images than a repository can hold': [
    rules({ ...oldOnes, keeps: { mode: 'newest', images: 100_000 } }),
    'fail',
  ],
  'a rule removes images after a hundred years': [
    rules({ ...oldOnes, keeps: { mode: 'days', days: 36_500, since: 'push' } }),
    'fail',
  ],
  'a rule that can match nothing is listed beside one that works': [
    rules({ ...archive, patterns: ['v*', 'no-such-tag'] }, oldOnes),
    'pass',
  ],
  'the only rule can match nothing': [
    rules({ ...archive, patterns: ['v*', 'no-such-tag'] }),
    'fail',
  ],
});
