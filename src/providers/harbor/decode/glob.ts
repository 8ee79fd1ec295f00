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
 * (`?`, classes, nested or unbalanced braces). A tag has no slash, so `*` and `**` are the same.
 */
export function tagWildcards(glob: string): readonly string[] | null {
  const expanded = alternatives(glob);
  return expanded === null ? null : expanded.map((one) => one.replace(/\*+/g, '*'));
}

/** The globs without braces that a glob stands for; null: see `tagWildcards`. */
function alternatives(glob: string): readonly string[] | null {
  if (glob.length > longestGlob || /[?[\]\\]/.test(glob)) return null;
  let done: string[] = [''];
  let rest = glob;
  while (rest !== '') {
    const open = rest.indexOf('{');
    const plain = open === -1 ? rest : rest.slice(0, open);
    if (plain.includes('}')) return null;
    done = done.map((start) => start + plain);
    if (open === -1) return done;
    const close = rest.indexOf('}', open);
    const inner = rest.slice(open + 1, close);
    if (close === -1 || inner.includes('{')) return null;
    done = done.flatMap((start) => inner.split(',').map((choice) => start + choice));
    if (done.length > mostAlternatives) return null;
    rest = rest.slice(close + 1);
  }
  return done;
}

/** Does a glob for repositories match every one, however many slashes its name has? */
export function everyRepository(glob: string): boolean {
  return glob === '**';
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
