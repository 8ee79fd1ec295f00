import type { AnyFact } from '../../src/model/fact.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { snapshotLines } from '../../src/snapshot/writer.ts';

export const registry = 'ecr://123456789012/eu-west-1';
const takenAt = '2026-11-02T09:00:00.000Z';
const origin = {
  tool: { name: 'regaudit', version: '0.1.0' },
  startedAt: takenAt,
  filtered: true,
} as const;

const from = { operation: 'DescribeRepositories', field: 'imageTagMutability' };

export function lock(mode: 'none' | 'all'): AnyFact {
  return { state: 'known', value: { mode }, from };
}

export function begin(facts: Readonly<Record<string, AnyFact>> = {}, at = takenAt): SnapshotLine {
  return {
    kind: 'registry',
    registry,
    provider: 'ecr',
    unreachable: null,
    takenAt: at,
    facts,
    repositoryDefaults: {},
  };
}

export function repository(name: string, facts: Readonly<Record<string, AnyFact>>): SnapshotLine {
  return { kind: 'repository', registry, name, facts };
}

export function end(repositories: number): SnapshotLine {
  const listing = {
    state: 'known',
    value: { repositories, others: 0 },
    from: { operation: 'DescribeRepositories' },
  } as const;
  return { kind: 'end', registry, listing, calls: 1 };
}

/** A registry of one repository whose tags are locked and one whose are not. */
export const twoRepositories: readonly SnapshotLine[] = [
  begin(),
  repository('team/bad', { tagLock: lock('none') }),
  repository('team/good', { tagLock: lock('all') }),
  end(2),
];

/** The text of a snapshot file with these readings. */
export async function snapshotOf(readings: Iterable<SnapshotLine>): Promise<string> {
  let text = '';
  for await (const line of snapshotLines(each(readings), origin)) text += line;
  return text;
}

async function* each(readings: Iterable<SnapshotLine>): AsyncGenerator<SnapshotLine> {
  yield* readings;
}
