import type { TagLock } from '../../../model/tag-lock.ts';
import { covers } from '../../../model/wildcard.ts';
import { choice, contains, type Language } from '../../../oci/regular-language.ts';
import { type RuleLanguage, ruleLanguage, wildcardLanguage } from '../../../oci/tag-expression.ts';
import { Inconclusive } from '../../facts.ts';

/** Most rules of one repository. */
const mostRules = 200;

/**
 * The lock of rules that are regular expressions of RE2 (docs, immutable tags). Whether a rule has to
 * match the whole tag or a part of it is not documented, so both are tried. `wanted`: wildcards of the
 * tags that production deploys; none: all are. Out: every tag, or wildcards that are certainly locked
 * beside the rules in slashes, which no tag can match. Throws `Inconclusive` where the two readings of
 * a rule, or a rule that cannot be read, decide whether a wanted tag is locked.
 */
export function lockOf(rules: readonly string[], wanted: readonly string[]): TagLock {
  if (rules.length > mostRules) throw new Inconclusive('there are too many rules to tell');
  const read = rules.map((rule) => ({ rule, language: ruleLanguage(rule) }));
  const languages = read.flatMap(({ language }) => (language === null ? [] : [language]));
  const whole = choice(languages.map((one) => one.whole));
  if (compared(whole, '*', rules)) return { mode: 'all' };
  const locked = wanted.filter((tags) => compared(whole, tags, rules));
  const open = (wanted.length === 0 ? ['*'] : wanted).filter((tags) => !locked.includes(tags));
  const unread = read.find(({ language }) => language === null);
  if (open.length > 0 && unread !== undefined) throw untold(unread.rule);
  const either = choice(languages.map((one) => one.part));
  if (open.some((tags) => compared(either, tags, rules))) throw untold(decisive(read));
  const simple = rules.flatMap((rule) => wildcardsOf(rule) ?? []);
  const others = rules.filter((rule) => wildcardsOf(rule) === null);
  return {
    mode: 'only',
    patterns: [
      ...simple,
      ...locked.filter((tags) => !simple.some((pattern) => covers(pattern, tags))),
      ...others.map((rule) => `/${rule.slice(0, 80)}/`),
    ],
  };
}

function untold(rule: string): Inconclusive {
  return new Inconclusive(`which tags the rule ${rule.slice(0, 80)} matches cannot be told here`);
}

/** A rule that matches more tags if a part of a tag is enough. */
function decisive(
  read: readonly { readonly rule: string; readonly language: RuleLanguage | null }[],
): string {
  const found = read.find(
    ({ language }) => language !== null && language.whole.key !== language.part.key,
  );
  return found === undefined ? '' : found.rule;
}

/** Does a language hold every tag of a wildcard? */
function compared(language: Language, wildcard: string, rules: readonly string[]): boolean {
  const held = contains(language, wildcardLanguage(wildcard));
  if (held === null) throw untold(rules.join(', '));
  return held;
}

/** The wildcards of a rule that is made of plain text and `.*`; null: of anything else. */
function wildcardsOf(rule: string): readonly string[] | null {
  const found = rule.split('|').map((alternative) => {
    const expression = alternative.replace(/^\^/, '').replace(/\$$/, '');
    const tokens = expression.match(/\.\*|\\[.-]|[A-Za-z0-9_-]/g);
    if (tokens === null || tokens.join('') !== expression) return null;
    return tokens.map((token) => (token === '.*' ? '*' : token.replace('\\', ''))).join('');
  });
  return found.every((wildcard) => wildcard !== null) ? found : null;
}
