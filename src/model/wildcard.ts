/**
 * Whether the whole text matches `pattern`, in which `*` matches any characters. Case-sensitive. Linear in
 * practice, at most text × stars steps: names and patterns are untrusted, so they never become a regular
 * expression.
 */
export function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else {
      return false;
    }
  }
  while (p < pattern.length && pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** Whether any of the patterns matches; false without patterns. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matches(pattern, text));
}

/**
 * Whether one text can match both wildcards. Exact: walks both patterns at once, one row of pairs after another,
 * because patterns are untrusted and all rows of two long ones would fill the memory.
 */
export function overlap(a: string, b: string): boolean {
  refuseCostly(a, b);
  if (!a.includes('*')) return matches(b, a);
  if (!b.includes('*')) return matches(a, b);
  const unreached = () => new Uint8Array(b.length + 1);
  let row = unreached();
  row[0] = 1;
  for (let i = 0; ; i += 1) {
    const next = unreached();
    for (let j = 0; j <= b.length; j += 1) {
      if (row[j] === 0) continue;
      if (a[i] === '*') {
        next[j] = 1;
        if (j < b.length) row[j + 1] = 1;
      }
      if (b[j] === '*') {
        row[j + 1] = 1;
        if (i < a.length) next[j] = 1;
      }
      if (i < a.length && j < b.length && a[i] === b[j]) next[j + 1] = 1;
    }
    if (i === a.length) return row[b.length] === 1;
    row = next;
  }
}

/**
 * Whether `outer` matches every text that `inner` matches. Treats a star of `inner` as a character that
 * only a star of `outer` matches: true is certain.
 */
export function covers(outer: string, inner: string): boolean {
  refuseCostly(outer, inner);
  return matches(outer, inner);
}

/** Throws `RangeError` for two patterns that nobody writes: to compare them would take seconds or hours. */
function refuseCostly(a: string, b: string): void {
  if (a.length * b.length > mostSteps) throw new RangeError('the patterns are too long to compare');
}

const mostSteps = 100_000_000;
