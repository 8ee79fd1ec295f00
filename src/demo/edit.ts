type Fields = Readonly<Record<string, unknown>>;

/** The change at the end of a path. */
export type Change = { readonly set: unknown } | 'remove';

/**
 * A copy of a response, changed at a path: `repositories[].imageTagMutability` is that field in every entry
 * of the list. Returns the response itself if the path does not exist. `set` can add a field, but not its
 * parent objects.
 */
export function edit(answer: Fields, path: string, change: Change): Fields {
  return along(answer, path.split('.'), change);
}

function along(fields: Fields, [step = '', ...rest]: readonly string[], change: Change): Fields {
  const each = step.endsWith('[]');
  const key = each ? step.slice(0, -2) : step;
  const inner = fields[key];
  if (rest.length === 0) return atEnd(fields, key, change);
  const changed =
    each && Array.isArray(inner) ? eachOf(inner, rest, change) : inside(inner, rest, change);
  return changed === inner ? fields : { ...fields, [key]: changed };
}

function atEnd(fields: Fields, key: string, change: Change): Fields {
  if (change !== 'remove') return { ...fields, [key]: change.set };
  if (fields[key] === undefined) return fields;
  const { [key]: _, ...others } = fields;
  return others;
}

function inside(value: unknown, rest: readonly string[], change: Change): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields: Fields = { ...value };
  const changed = along(fields, rest, change);
  return changed === fields ? value : changed;
}

function eachOf(list: readonly unknown[], rest: readonly string[], change: Change): unknown {
  const changed = list.map((entry) => inside(entry, rest, change));
  return changed.some((entry, index) => entry !== list[index]) ? changed : list;
}
