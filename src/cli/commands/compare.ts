import { checks, themes } from '../../../checks/index.ts';
import { offersOf, switchedOnIn } from '../../catalogue/comparison.ts';
import { type Comparison, comparisonVersion } from '../../model/comparison.ts';
import { providers } from '../../providers/index.ts';
import { renderComparisonMarkdown } from '../../reporters/comparison/markdown.ts';
import { renderComparisonTable } from '../../reporters/comparison/table.ts';
import { safeJson } from '../../reporters/safe-text.ts';
import type { CommandContext } from '../command-context.ts';
import { documentOutput } from '../document.ts';
import { type ReadSide, readSide } from '../read-side.ts';
import { settingsOf } from '../settings.ts';
import { filesFrom } from '../snapshot-input.ts';
import { providerById } from '../targets.ts';

const renderers = {
  table: renderComparisonTable,
  markdown: renderComparisonMarkdown,
  json: (comparison: Comparison) => [`${safeJson(comparison, 2)}\n`],
};

/** `regaudit compare`: compares what registries offer and, with `--from`, what a scan found switched on. */
export async function compare(context: CommandContext, named: readonly string[]): Promise<number> {
  const settings = await settingsOf(context, { checks, providers });
  const files = filesFrom(context.flags);
  const output = await documentOutput(context, renderers, [...settings.reads, ...files]);
  let side: ReadSide | null = null;
  try {
    const [first, ...more] = files;
    if (first !== undefined) side = await readSide(context, settings, [first, ...more]);
    const ids = [...new Set(named.length > 0 ? named : idsIn(side))];
    const loaded = await Promise.all(ids.map((id) => providerById(providers, id)));
    await output.write({
      schemaVersion: comparisonVersion,
      tool: context.tool,
      offers: offersOf(themes, loaded),
      switchedOn: side === null ? null : switchedOnIn(themes, side.report),
    });
    return 0;
  } finally {
    output.discard();
    side?.remove();
  }
}

/** The providers of the scan that this build knows; without a scan, all providers. */
function idsIn(side: ReadSide | null): string[] {
  const known = Object.keys(providers);
  const seen = side?.report.registries.map(({ provider }) => provider);
  return seen === undefined ? known : known.filter((id) => seen.includes(id));
}
