import type { ChunkSource } from '../files/chunks.ts';
import { digestsOf, type Part, type Unit } from './part-index.ts';

/** Which part each registry is taken from, and what a person is told of those that stand in several. */
export interface Holders {
  readonly of: ReadonlyMap<string, Part>;
  readonly notes: readonly string[];
}

/**
 * In: the parts, in any order. A registry that stands in several is taken from the one that read it to its end, of
 * those from the latest; never half from each. Which it is depends on what they hold, not on names or order.
 */
export async function holdersOf(parts: readonly Part[], host: ChunkSource): Promise<Holders> {
  const of = new Map<string, Part>();
  const several = new Map<string, Part[]>();
  for (const part of parts)
    for (const id of part.units.keys()) {
      const first = of.get(id);
      if (first === undefined) of.set(id, part);
      else several.set(id, [...(several.get(id) ?? [first]), part]);
    }
  if (several.size === 0) return { of, notes: [] };
  const digests = new Map<Part, ReadonlyMap<string, string>>();
  for (const part of parts) {
    const own = new Set([...several].flatMap(([id, all]) => (all.includes(part) ? [id] : [])));
    if (own.size > 0) digests.set(part, await digestsOf(part.file, own, host));
  }
  const notes: string[] = [];
  for (const [id, all] of several) {
    const rank = (part: Part) => rankOf(part.units.get(id), digests.get(part)?.get(id));
    const best = all.reduce((one, other) => (rank(other) > rank(one) ? other : one));
    of.set(id, best);
    const whole = all.filter((part) => part.units.get(id)?.ended === true);
    const readings = new Set(whole.map((part) => digests.get(part)?.get(id)));
    if (readings.size > 1)
      notes.push(
        `${id} was read ${readings.size} times; the reading of ${best.units.get(id)?.takenAt ?? ''} counts`,
      );
  }
  return { of, notes };
}

/** Greater is better. */
function rankOf(unit: Unit | undefined, digest: string | undefined): string {
  const time = new Date(unit?.takenAt ?? 0).toISOString();
  return `${unit?.ended === true ? 1 : 0} ${time} ${digest ?? ''}`;
}
