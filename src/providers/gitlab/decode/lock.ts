import { booleanAt, type JsonObject, stringAt } from '../../../decode/fields.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { covers } from '../../../model/wildcard.ts';
import { choice, contains, type Language } from '../../../oci/regular-language.ts';
import { ruleLanguage, wildcardLanguage } from '../../../oci/tag-expression.ts';
import { Inconclusive } from '../../facts.ts';
import { wholeNodes } from './graphql.ts';

/** The expressions of the rules of a project that make tags immutable. */
export function immutableRules(project: JsonObject): readonly string[] {
  const rules = wholeNodes(project, 'containerProtectionTagRules', 'read_api:maintainer');
  return rules.flatMap((rule) =>
    booleanAt(rule, 'immutable') ? [stringAt(rule, 'tagNamePattern')] : [],
  );
}

/**
 * The lock of rules that are regular expressions of RE2, of which a part of a tag is enough to match
 * (docs, immutable container tags: their examples bring anchors). `wanted`: wildcards of the tags that
 * production deploys; none: all are. Throws `Inconclusive` where a rule that cannot be read decides.
 */
export function lockOf(rules: readonly string[], wanted: readonly string[]): TagLock {
  if (rules.length === 0) return { mode: 'none' };
  const read = rules.map((rule) => ({ rule, language: ruleLanguage(rule) }));
  const languages = read.flatMap(({ language }) => (language === null ? [] : [language.part]));
  const locked = choice(languages);
  if (holds(locked, '*')) return { mode: 'all' };
  const held = wanted.filter((tags) => holds(locked, tags));
  const open = wanted.length === 0 || held.length < wanted.length;
  const unread = read.find(({ language }) => language === null);
  if (open && unread !== undefined) throw untold(unread.rule);
  const simple = rules
    .map((rule) => wildcardOf(rule, 'part'))
    .filter((pattern) => pattern !== null);
  const others = rules.filter((rule) => wildcardOf(rule, 'part') === null);
  return {
    mode: 'only',
    patterns: [
      ...simple,
      ...held.filter((tags) => !simple.some((pattern) => covers(pattern, tags))),
      // No tag has a slash, so that this is a name and locks nothing.
      ...others.map((rule) => `/${rule}/`),
    ],
  };
}

function untold(rule: string): Inconclusive {
  return new Inconclusive(`which tags the rule ${rule.slice(0, 80)} matches cannot be told here`);
}

/** Does a language hold every tag of a wildcard? */
export function holds(language: Language, wildcard: string): boolean {
  const held = contains(language, wildcardLanguage(wildcard));
  if (held !== null) return held;
  throw new Inconclusive('whether the rules match every tag takes too long to tell');
}

/**
 * The wildcard that matches exactly what an expression does; null: none does. `how`: whether a part of a
 * tag is enough to match.
 */
export function wildcardOf(expression: string, how: 'whole' | 'part'): string | null {
  const found = /^(\^|\\A)?(.*?)(\$|\\z)?$/s.exec(expression);
  if (found === null) return null;
  const [, start = '', body = '', end = ''] = found;
  const tokens = [...body.matchAll(/\.\*|\\[.-]|[A-Za-z0-9_-]/g)].map(([token]) => token);
  if (tokens.join('') !== body) return null;
  const text = tokens.map((token) => (token === '.*' ? '*' : token.replace('\\', ''))).join('');
  const open = (anchor: string) => (how === 'part' && anchor === '' ? '*' : '');
  return `${open(start)}${text}${open(end)}`.replace(/\*+/g, '*');
}
