import { checks } from '../../../checks/index.ts';
import { type TagStore, tagStore } from '../../findings/tag-store.ts';
import { type Difference, differenceVersion } from '../../model/difference-schema.ts';
import type { Report } from '../../model/report.ts';
import { UsageError } from '../../model/usage-error.ts';
import { decideDifference } from '../../policy/decide-difference.ts';
import { compareReports } from '../../policy/difference.ts';
import { compareTags } from '../../policy/moved-tags.ts';
import { type Seen, seenIn } from '../../policy/seen.ts';
import { providers } from '../../providers/index.ts';
import { renderDifferenceMarkdown } from '../../reporters/difference/markdown.ts';
import { renderDifferenceTable } from '../../reporters/difference/table.ts';
import { safeJson } from '../../reporters/safe-text.ts';
import type { CommandContext } from '../command-context.ts';
import { documentOutput } from '../document.ts';
import { type ReadSide, readSide } from '../read-side.ts';
import { type Settings, settingsOf } from '../settings.ts';
import { refusePart } from '../trend.ts';

const renderers = {
  table: renderDifferenceTable,
  markdown: renderDifferenceMarkdown,
  json: (difference: Difference) => [`${safeJson(difference, 2)}\n`],
};

/** `regaudit diff`: compares two snapshots or JSON reports. Out: 1 for a new failure, 3 for a new unknown. */
export async function diff(context: CommandContext, old: string, now: string): Promise<number> {
  if (old === '-' && now === '-') {
    throw new UsageError('only one of the two can be read from standard input');
  }
  const settings = await settingsOf(context, { checks, providers });
  const output = await documentOutput(context, renderers, [...settings.reads, old, now]);
  const sides: Side[] = [];
  try {
    for (const file of [old, now]) {
      const tags = tagStore(context);
      const side = await readSide(context, settings, [file], { tags }).catch((error: unknown) => {
        tags.remove();
        throw error;
      });
      sides.push({ ...side, tags });
    }
    const [before, after] = sides;
    if (before === undefined || after === undefined) throw new Error('two sides were read');
    const difference = differenceOf(context, settings, before, after);
    await output.write(difference);
    return difference.exitCode;
  } finally {
    output.discard();
    for (const { remove, tags } of sides) {
      remove();
      tags.remove();
    }
  }
}

interface Side extends ReadSide {
  readonly tags: TagStore;
}

function differenceOf(
  { tool, flags }: CommandContext,
  { checks: chosen, failOn, expected }: Settings,
  before: Side,
  after: Side,
): Difference {
  for (const side of [before, after]) refusePart(side.name, side.report);
  const named = flags.list('check') ?? flags.list('skipCheck');
  const ids = new Set(chosen.map(({ id }) => id));
  const seen = ({ report }: ReadSide) => seenIn(named === undefined ? report : only(report, ids));
  const [was, is] = [seen(before), seen(after)];
  const immutable = chosen.find(({ id }) => id === 'tags-immutable');
  const hasTags = before.from === 'snapshot' && after.from === 'snapshot';
  const tags =
    immutable === undefined || !hasTags
      ? null
      : compareTags(before.tags, after.tags, {
          severity: immutable.severity,
          expected,
          suppressionOf: ({ registry, name }) =>
            is.find(immutable.id, `${registry}/${name}`)?.suppression ?? null,
        });
  const changes = { ...compareReports(was, is), tags };
  return {
    schemaVersion: differenceVersion,
    tool,
    old: sideOf(before, was),
    new: sideOf(after, is),
    failOn,
    ...decideDifference(changes, { failOn, interrupted: after.report.interrupted }),
    ...changes,
  };
}

/** The report, restricted to the selected checks. */
function only(report: Report, ids: ReadonlySet<string>): Report {
  return { ...report, checks: report.checks.filter(({ id }) => ids.has(id)) };
}

function sideOf({ from, report }: ReadSide, { findings }: Seen): Difference['old'] {
  const { startedAt, complete, registries } = report;
  return { from, startedAt, complete, registries: registries.length, findings };
}
