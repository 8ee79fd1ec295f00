import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { RetentionRule } from '../../../model/retention.ts';
import { covers } from '../../../model/wildcard.ts';
import type { Pruning } from '../decode/policies.ts';
import { tagSet } from './tag-pattern.ts';

/**
 * What policies prune, all of them together. They are about tags: an image goes some time after its last tag.
 * Tags that a pattern might match count as matched, so that a rule claims more removal than there is, if
 * anything; and immutable tags, which are never pruned (data/model/oci/tag.py), are not looked at.
 */
export function retentionOf(policies: readonly Pruning[]): ValueOf<RepositoryFacts['retention']> {
  const rules = policies.flatMap(ruleOf);
  return rules.length === 0 ? { mode: 'none' } : { mode: 'rules', rules };
}

const day = 86_400;

function ruleOf({ name, pattern, matches, keeps }: Pruning): RetentionRule[] {
  const limit: RetentionRule['keeps'] =
    keeps.mode === 'newest'
      ? { mode: 'newest', images: keeps.tags }
      : { mode: 'days', days: Math.floor(keeps.seconds / day), since: 'push' };
  const rule = { selects: 'tagged', removes: true, keeps: limit } as const;
  if (pattern === null) return [{ name, ...rule, patterns: [] }];
  const set = tagSet(pattern, 'part');
  if (!matches) {
    const spares = set?.exact === true ? [...set.wildcards] : [];
    // What spares every tag prunes none.
    if (spares.some((wildcard) => covers(wildcard, '*'))) return [];
    return [{ name, ...rule, patterns: [], ...(spares.length === 0 ? {} : { spares }) }];
  }
  const wildcards = set === null ? ['*'] : set.wildcards;
  return wildcards.map((wildcard) => ({
    name,
    ...rule,
    patterns: wildcard === '*' ? [] : [wildcard],
  }));
}
