/**
 * The known word that a mistyped one most likely meant, or undefined when none is near. Near: at most
 * a third of the longer word's letters changed, added, dropped or swapped with a neighbour.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const longer = Math.max(word.length, candidate.length);
    if (longer > 200) continue;
    const changes = distance(word.toLowerCase(), candidate.toLowerCase());
    if (changes < fewest && changes <= Math.max(1, Math.floor(longer / 3))) {
      best = candidate;
      fewest = changes;
    }
  }
  return best;
}

/** `, did you mean "x"?` or nothing: the end of a sentence about an unknown word. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `, did you mean "${meant}"?`;
}

/** Optimal string alignment distance: a swap of neighbours counts as one change. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(last, j) + 1,
          at(row, j - 1) + 1,
          at(last, j - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
