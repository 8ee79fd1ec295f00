import type { AnyFact } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { type CloseLine, type HeaderLine, snapshotVersion } from './schema.ts';
import { type SharedFacts, type SubjectWord, sharedFacts } from './shared-facts.ts';

/**
 * Streams the lines of a snapshot file, each with its line feed. The last line states how many lines there are.
 */
export async function* snapshotLines(
  readings: AsyncIterable<SnapshotLine>,
  origin: Omit<HeaderLine, 'kind' | 'schemaVersion'>,
): AsyncGenerator<string> {
  const shared = sharedFacts();
  let registries = 0;
  let repositories = 0;
  const header: HeaderLine = { kind: 'snapshot', schemaVersion: snapshotVersion, ...origin };
  yield line(header);
  for await (const reading of readings) {
    if (reading.kind === 'end') {
      yield line(reading);
      continue;
    }
    const facts = numbered(shared, reading.kind, reading.facts);
    if (reading.kind === 'repository') {
      repositories += 1;
      yield facts.above + line({ ...reading, facts: facts.named });
    } else {
      registries += 1;
      const repositoryDefaults = numbered(shared, 'repository', reading.repositoryDefaults);
      yield facts.above +
        repositoryDefaults.above +
        line({ ...reading, facts: facts.named, repositoryDefaults: repositoryDefaults.named });
    }
  }
  const close: CloseLine = { kind: 'close', registries, repositories };
  yield line(close);
}

/** Replaces shared facts by their number; returns the definitions that must precede the line. */
function numbered(
  shared: SharedFacts,
  subject: SubjectWord,
  facts: Readonly<Record<string, AnyFact>>,
): { readonly named: Record<string, AnyFact | number>; readonly above: string } {
  const named: Record<string, AnyFact | number> = {};
  let above = '';
  for (const [name, fact] of Object.entries(facts)) {
    const entry = shared.number(subject, name, fact);
    if (entry?.added) above += line({ kind: 'fact', subject, name, fact });
    named[name] = entry?.number ?? fact;
  }
  return { named, above };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
