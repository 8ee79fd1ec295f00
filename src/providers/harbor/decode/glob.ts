import { DecodeError } from '../../../decode/fields.ts';
import { covers, overlap } from '../../../model/wildcard.ts';

/*
 * Harbor's patterns are doublestar globs (goharbor/harbor, src/lib/selector/selectors/doublestar). Most
 * of them are wildcards with another spelling; a list of tags is written `{v*,release-*}` by its console.
 */

const mostAlternatives = 100;
/** Longest glob that is read; people write none of this length. */
const longestGlob = 4096;

/**
 * A glob for tags as whole-tag wildcards, any of which may match; null: wildcards cannot say it
 * (`?`, classes, unbalanced braces). A tag has no slash, so `*` and `**` are the same. An empty glob
 * matches every tag.
 */
export function tagWildcards(glob: string): readonly string[] | null {
  if (glob === '') return ['*'];
  const expanded = alternatives(glob);
  return expanded === null ? null : expanded.map((one) => one.replace(/\*+/g, '*'));
}

/** Wildcards that match every tag that the glob matches, and perhaps more. */
export function widerWildcards(glob: string): readonly string[] {
  const exact = tagWildcards(glob);
  if (exact !== null) return exact;
  const stars = glob.replace(/\\.|\[[^\]]*\]|\?/g, '*');
  const wider = stars === glob ? null : tagWildcards(stars);
  return wider === null ? ['*'] : wider;
}

/** The globs without braces that a glob stands for; null: see `tagWildcards`. */
function alternatives(glob: string): readonly string[] | null {
  if (glob.length > longestGlob || /[?[\]\\]/.test(glob)) return null;
  let pending: readonly string[] = [glob];
  // An innermost pair of braces at a time.
  for (;;) {
    const open = pending.flatMap((one) => {
      const found = /\{([^{}]*)\}/.exec(one);
      if (found === null) return [one];
      const [whole, inner = ''] = found;
      return inner
        .split(',')
        .map(
          (choice) => one.slice(0, found.index) + choice + one.slice(found.index + whole.length),
        );
    });
    if (open.length > mostAlternatives) return null;
    if (open.every((one) => !/[{}]/.test(one))) return [...new Set(open)];
    if (open.length === pending.length && open.every((one, at) => one === pending[at])) return null;
    pending = open;
  }
}

/** The console takes fifteen rules of a kind in a project. */
const mostRules = 50;
/** Characters of all wildcards with a star, and of all: comparing each with each takes seconds beyond. */
const longestWithStars = 4096;
const longestTogether = 64 * 1024;

/** The rules of a project. Throws `DecodeError` for more than any project has: they are compared with each other. */
export function boundedRules<T>(rules: readonly T[]): readonly T[] {
  if (rules.length <= mostRules) return rules;
  throw new DecodeError(`there are ${rules.length} rules, more than are read`);
}

/** Throws `DecodeError` where the wildcards of a project's rules are too long to compare with each other. */
export function refuseCostly(wildcards: readonly string[]): void {
  const length = (some: readonly string[]) => some.reduce((sum, one) => sum + one.length, 0);
  const withStars = wildcards.filter((one) => one.includes('*'));
  if (length(withStars) > longestWithStars || length(wildcards) > longestTogether)
    throw new DecodeError('the patterns of the rules are longer than is read');
}

/** Does a glob for repositories match every one, however many slashes its name has? */
export function everyRepository(glob: string): boolean {
  if (glob === '') return true;
  const expanded = alternatives(glob);
  if (expanded === null) return false;
  return expanded.some((one) => /^(?:\*\*\/)*\*\*$|^(?:\*\*\/)+\*$/.test(one));
}

export type Coverage = 'all' | 'none' | 'unclear';

/**
 * Does the name filter of a replication policy, `project/repository` with wildcards, match all
 * repositories of a project? `unclear`: some of them, or it cannot be told.
 */
export function projectCoverage(glob: string, project: string): Coverage {
  const expanded = alternatives(glob);
  if (expanded === null) return 'unclear';
  const each = expanded.map((one): Coverage => {
    if (one === '**') return 'all';
    const slash = one.indexOf('/');
    const [first, rest] = slash === -1 ? [one, ''] : [one.slice(0, slash), one.slice(slash + 1)];
    if (first.includes('**')) return 'unclear';
    // Without a slash it matches no repository: those are called `project/repository`.
    if (slash === -1 || !overlap(first, project)) return 'none';
    return rest === '**' && covers(first, project) ? 'all' : 'unclear';
  });
  if (each.includes('all')) return 'all';
  return each.includes('unclear') ? 'unclear' : 'none';
}

/** Does a glob let every repository of an upstream through, as far as can be told? */
export function opensEverything(glob: string): boolean {
  if (glob.length > longestGlob) return true;
  const expanded = alternatives(glob);
  // Classes and single characters narrow nothing down where no letter stands beside them.
  if (expanded === null) return !/[a-z0-9]/i.test(glob.replace(/\[[^\]]*\]|\{[^}]*\}/g, ''));
  return expanded.some((one) => !/[a-z0-9]/i.test(one));
}
