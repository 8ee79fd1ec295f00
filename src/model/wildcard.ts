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

/** Whether one text can match both wildcards. Exact: walks both patterns at once. */
export function overlap(a: string, b: string): boolean {
  const reach = new Array<boolean>((a.length + 1) * (b.length + 1)).fill(false);
  const at = (i: number, j: number) => i * (b.length + 1) + j;
  reach[at(0, 0)] = true;
  for (let i = 0; i <= a.length; i += 1) {
    for (let j = 0; j <= b.length; j += 1) {
      if (!reach[at(i, j)]) continue;
      if (a[i] === '*') {
        reach[at(i + 1, j)] = true;
        if (j < b.length) reach[at(i, j + 1)] = true;
      }
      if (b[j] === '*') {
        reach[at(i, j + 1)] = true;
        if (i < a.length) reach[at(i + 1, j)] = true;
      }
      if (i < a.length && j < b.length && a[i] === b[j]) reach[at(i + 1, j + 1)] = true;
    }
  }
  return reach[at(a.length, b.length)] === true;
}

/**
 * Whether `outer` matches every text that `inner` matches. Treats a star of `inner` as a character that
 * only a star of `outer` matches: true is certain.
 */
export function covers(outer: string, inner: string): boolean {
  return matches(outer, inner);
}
