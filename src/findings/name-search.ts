/** Replaces names in texts, as whole words alone. */
interface NameSearch {
  /** Idempotent: the first replacement of a name stays. */
  readonly add: (name: string, replacement: () => string) => void;
  /** The longest name at each place counts. */
  readonly replaced: (text: string) => string;
}

/** Where a word begins, and as much of it as tells which names can begin there. */
const beginning = /(?<![\w@.-])(?:\w+|\W)/g;
const withinWord = /[\w@-]/;

/**
 * A search for any number of names that grow while it is used, such as the identities of a fleet. Work is linear in
 * the text and does not depend on the number of names: one expression of all names would be compiled for each.
 */
export function nameSearch(): NameSearch {
  const names = new Map<string, string>();
  /** The lengths of the names that begin alike, longest first. */
  const lengths = new Map<string, readonly number[]>();
  const nameAt = (text: string, start: number, begins: string): string | undefined => {
    const length = lengths.get(begins)?.find((one) => {
      const end = start + one;
      return names.has(text.slice(start, end)) && !withinWord.test(text.charAt(end));
    });
    return length === undefined ? undefined : text.slice(start, start + length);
  };
  return {
    add(name, replacement) {
      if (name === '' || names.has(name)) return;
      names.set(name, replacement());
      const [begins = ''] = /^(?:\w+|\W)/.exec(name) ?? [];
      const known = lengths.get(begins) ?? [];
      if (known.includes(name.length)) return;
      lengths.set(
        begins,
        [...known, name.length].sort((a, b) => b - a),
      );
    },
    replaced(text) {
      let out = '';
      let from = 0;
      for (const { index, 0: begins } of text.matchAll(beginning)) {
        // Within the name that was replaced last.
        if (index < from) continue;
        const name = nameAt(text, index, begins);
        if (name === undefined) continue;
        out += text.slice(from, index) + names.get(name);
        from = index + name.length;
      }
      return out + text.slice(from);
    },
  };
}
