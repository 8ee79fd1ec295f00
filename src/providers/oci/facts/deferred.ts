import type { AnyFact, Unknown } from '../../../model/fact.ts';
import type { SnapshotLine } from '../../../model/snapshot.ts';
import { unknown } from '../../facts.ts';

/**
 * The lines of a registry whose product has an adapter of its own: what that one reads and this one cannot is
 * not collected, so that the adapter that knows least is not the easiest gate. `target`: how to scan it.
 */
export async function* deferredTo(
  target: string,
  title: string,
  lines: AsyncIterable<SnapshotLine>,
): AsyncGenerator<SnapshotLine> {
  const instead = unknown('not-collected', 'ping', `this is ${title}: scan it as ${target}`);
  for await (const line of lines) {
    if (line.kind === 'end') yield line;
    else if (line.kind === 'repository') yield { ...line, facts: deferred(line.facts, instead) };
    else {
      const repositoryDefaults = deferred(line.repositoryDefaults, instead);
      yield { ...line, facts: deferred(line.facts, instead), repositoryDefaults };
    }
  }
}

type Facts = Readonly<Record<string, AnyFact>>;

function deferred(facts: Facts, instead: Unknown): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, deferredFact(fact, instead)]),
  );
}

function deferredFact(fact: AnyFact, instead: Unknown): AnyFact {
  const seen = (one: Unknown) => (one.why === 'not-exposed' ? instead : one);
  if (fact.state === 'unknown') return seen(fact);
  if (fact.state !== 'partial') return fact;
  const [first, ...more] = fact.missing;
  return { ...fact, missing: [seen(first), ...more.map(seen)] };
}
