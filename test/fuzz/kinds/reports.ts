import { readFileSync } from 'node:fs';
import { readReport } from '../../../src/findings/report-reader.ts';
import { reporters } from '../../../src/reporters/reporters.ts';
import { type Kind, outcomeOf } from '../kind.ts';
import { changedJson, mutated } from '../mutate.ts';

const options = { color: false, width: 100, verbose: 2 };

/** Stored reports, and every reporter over those that are accepted. */
export async function start(): Promise<Kind> {
  const rich = new URL('../../../fixtures/reports/rich.json', import.meta.url);
  const text = readFileSync(rich, 'utf8');
  return {
    attempt: async (random) => {
      const changed =
        random.below(3) === 0 ? mutated(text, random) : (changedJson(text, random) ?? text);
      return [
        await outcomeOf(async () => {
          const report = await readReport('x', chunks(changed));
          const render = random.of(Object.values(reporters));
          for (const _piece of render(report, options));
        }),
      ];
    },
  };
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
