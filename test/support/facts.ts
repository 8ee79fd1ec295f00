import { type AnyFact, type Reason, reasonsOf, type Unknown } from '../../src/model/fact.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import type { Provider } from '../../src/providers/contract.ts';

type Facts = Readonly<Record<string, AnyFact>>;

/** A plan for everything that the model knows, so that what is read does not depend on the checks there are. */
export function everyFact({ provides }: Pick<Provider, 'provides'>): Plan {
  return {
    registry: new Set(Object.keys(provides.registry)),
    repository: new Set(Object.keys(provides.repository)),
  };
}

/**
 * What was read, one line a fact, in a stable order: `SUBJECT FACT: VALUE`, `… unknown WHY (OPERATION)`,
 * `… partial VALUE, unknown …` or `… unsupported NOTE`. What the adapter's table says for every subject alike is left out: only where
 * something else is true there is it news.
 */
export function factLines(
  readings: readonly SnapshotLine[],
  { provides }: Pick<Provider, 'provides'>,
): string {
  return `${readings
    .flatMap((reading) => linesOf(reading, provides))
    .toSorted()
    .join('\n')}\n`;
}

function linesOf(reading: SnapshotLine, provides: Provider['provides']): readonly string[] {
  switch (reading.kind) {
    case 'registry': {
      const { registry, unreachable, facts, repositoryDefaults } = reading;
      return [
        ...(unreachable === null ? [] : [`${registry} unreachable: ${unknownText(unreachable)}`]),
        ...news(registry, facts, provides.registry),
        ...news(`${registry}/*`, repositoryDefaults, provides.repository),
      ];
    }
    case 'repository':
      return news(`${reading.registry}/${reading.name}`, reading.facts, provides.repository);
    case 'end':
      return [`${reading.registry} repositories: ${factText(reading.listing)}`];
  }
}

/** The facts of a subject, without those that are the table's own constants, and without tags that are not set. */
function news(subject: string, facts: Facts, table: Readonly<Record<string, object>>): string[] {
  return Object.entries(facts)
    .filter(([name, fact]) => compact(fact) !== compact(table[name]))
    .filter(
      ([name, fact]) => !(name === 'labels' && 'value' in fact && compact(fact.value) === '[]'),
    )
    .map(([name, fact]) => `${subject} ${name}: ${factText(fact)}`);
}

function factText(fact: AnyFact): string {
  switch (fact.state) {
    case 'known':
      return compact(fact.value);
    case 'partial':
      return `partial ${compact(fact.value)}, ${fact.missing.map(unknownText).join(', ')}`;
    case 'unknown':
      return unknownText(fact);
    case 'unsupported':
      return `unsupported ${fact.note}`;
  }
}

function unknownText(fact: Unknown): string {
  return reasonsOf([fact]).map(reasonText).join('; ');
}

function reasonText({ why, from: { operation, permission, detail } }: Reason): string {
  const grant = permission === undefined ? '' : `, grant ${permission}`;
  const said = detail === undefined ? '' : `: ${detail.replaceAll('\n', '\\n')}`;
  return `unknown ${why} (${operation}${grant})${said}`;
}

/** JSON in one line, with the keys in order. */
function compact(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
