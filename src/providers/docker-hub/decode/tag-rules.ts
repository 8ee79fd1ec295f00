import type { TagLock } from '../../../model/tag-lock.ts';
import { covers } from '../../../model/wildcard.ts';
import { Inconclusive } from '../../facts.ts';

/** Most alternatives of all rules together. */
const mostPatterns = 200;

/**
 * The lock of rules that are regular expressions of RE2 (docs, immutable tags). Whether a rule has to
 * match the whole tag or a part of it is not documented; read as the whole it locks the fewer tags, and
 * those are certain. Throws `Inconclusive` for a rule that is no plain text with `.*` in it.
 */
export function lockOf(rules: readonly string[]): TagLock {
  const patterns = rules.flatMap(wildcardsOf);
  if (patterns.length > mostPatterns) throw new Inconclusive('there are too many rules to tell');
  if (patterns.some((pattern) => covers(pattern, '*'))) return { mode: 'all' };
  return { mode: 'only', patterns };
}

function wildcardsOf(rule: string): readonly string[] {
  return rule.split('|').map((alternative) => {
    const wildcard = wildcardOf(alternative.replace(/^\^/, '').replace(/\$$/, ''));
    if (wildcard === null) {
      throw new Inconclusive(
        `which tags the rule ${rule.slice(0, 80)} matches cannot be told here`,
      );
    }
    return wildcard;
  });
}

/** A sequence of letters that stand for themselves and of `.*`; null: anything else, or nothing. */
function wildcardOf(expression: string): string | null {
  const tokens = expression.match(/\.\*|\\[.-]|[A-Za-z0-9_-]/g);
  if (tokens === null || tokens.join('') !== expression) return null;
  return tokens.map((token) => (token === '.*' ? '*' : token.replace('\\', ''))).join('');
}
