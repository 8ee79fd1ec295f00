import { checks } from '../../../checks/index.ts';
import { allProvides, believing } from '../../../src/cli/believed.ts';
import { evaluateLines } from '../../../src/engine/scan.ts';
import { nothingDeclared } from '../../../src/model/expectations.ts';
import type { SnapshotLine } from '../../../src/model/snapshot.ts';
import { undeclared } from '../../../src/signing/undeclared.ts';
import { readSnapshot } from '../../../src/snapshot/reader.ts';
import { snapshotLines } from '../../../src/snapshot/writer.ts';
import { scanEstate, scenario } from '../../support/harbor/scan.ts';
import { type Kind, outcomeOf, refuseFlips, type Verdicts } from '../kind.ts';
import { changedJson, damaged, mutated } from '../mutate.ts';

/** Snapshots: any change at all, and damage by which no verdict may get better. */
export async function start(): Promise<Kind> {
  const believe = believing(await allProvides());
  const { readings } = await scanEstate(await scenario('all-bad'));
  let text = '';
  const origin = { tool: { name: 'regaudit', version: '0' }, startedAt: '', filtered: false };
  for await (const line of snapshotLines(each(readings), origin)) text += line;
  const lines = text.split('\n');
  const verdictsOf = async (snapshot: string): Promise<Verdicts> => {
    const verdicts = new Map<string, string>();
    await evaluateLines(readSnapshot('x', chunks(snapshot), believe), {
      checks,
      expected: nothingDeclared,
      derivations: undeclared,
      onCrash: (_, error) => {
        throw error;
      },
      sink: {
        wants: () => true,
        add: ({ check, subject, verdict }) => verdicts.set(`${check} of ${subject}`, verdict),
      },
    });
    return verdicts;
  };
  const honest = await verdictsOf(text);
  return {
    attempt: async (random) => {
      const at = random.below(lines.length);
      const any = random.below(2) === 0;
      const change = any ? mutated : damaged;
      const line = lines[at] ?? '';
      const whole = any && random.below(2) === 0 ? changedJson(line, random) : null;
      const changed = lines.with(at, whole ?? change(line, random));
      const order = random.below(10);
      if (order === 0) changed.splice(at, 1);
      if (order === 1) changed.splice(at, 0, lines[random.below(lines.length)] ?? '');
      return [
        await outcomeOf(async () => {
          const verdicts = await verdictsOf(changed.join('\n'));
          if (!any) refuseFlips(honest, verdicts);
        }),
      ];
    },
  };
}

async function* each(readings: Iterable<SnapshotLine>): AsyncGenerator<SnapshotLine> {
  yield* readings;
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
