/**
 * Does `text` match `pattern`, in which `*` stands for any run of characters? Case-sensitive, whole
 * text. Linear in practice and at most text × stars in steps: names and patterns come from strangers,
 * so no regular expression is built from them.
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

/** Does any of the patterns match? No patterns: no. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matches(pattern, text));
}

/** Could one text match both wildcards? Exact, by walking both patterns at once. */
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
 * Does `outer` match every text that `inner` matches? The stars of `inner` are read as one strange
 * character, which only a star of `outer` can match: a yes is certain.
 */
export function covers(outer: string, inner: string): boolean {
  return matches(outer, inner);
}
