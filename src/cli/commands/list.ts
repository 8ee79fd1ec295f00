import { checks } from '../../../checks/index.ts';
import { frameworks } from '../../../checks/topics.ts';
import type { AnyCheck } from '../../engine/check.ts';
import { severities } from '../../model/finding.ts';
import type { Provider } from '../../providers/contract.ts';
import { providers } from '../../providers/index.ts';
import type { CommandContext } from '../command-context.ts';
import { customChecks, namedSources } from '../custom-checks.ts';
import { type Framework, frameworkNames } from '../frameworks.ts';

type Row = readonly string[];

/** `regaudit list checks` */
export async function listChecks(context: CommandContext): Promise<number> {
  const { flags, print } = context;
  const asJson = flags.choice('format', ['table', 'json']) === 'json';
  const custom = await customChecks(context, namedSources(flags), checks);
  const all = [...checks, ...custom.checks];
  const ordered = all.toSorted((a, b) => rank(a) - rank(b));
  await print(asJson ? [json(all.map(described))] : columns(ordered.map(row)));
  return 0;
}

/** `regaudit list providers` */
export async function listProviders({ flags, print }: CommandContext): Promise<number> {
  const loaded = await Promise.all(Object.values(providers).map((load) => load()));
  const asJson = flags.choice('format', ['table', 'json']) === 'json';
  const about = ({ id, title, addresses }: Provider) => ({ id, title, addresses });
  const rows = loaded.map(({ id, title, addresses }) => [id, title, addresses.join(', ')]);
  await print(asJson ? [json(loaded.map(about))] : columns(rows));
  return 0;
}

/** `regaudit list frameworks`: the values of `--compliance`. */
export async function listFrameworks({ flags, print }: CommandContext): Promise<number> {
  const asJson = flags.choice('format', ['table', 'json']) === 'json';
  const about = Object.entries(frameworkNames).map(([title, id]) => {
    return { id, title, page: frameworks[title as Framework] };
  });
  const rows = about.map(({ id, title, page }) => [id, title, page]);
  await print(asJson ? [json(about)] : columns(rows));
  return 0;
}

function rank({ severity }: AnyCheck): number {
  return severities.indexOf(severity);
}

function row({ id, severity, byDefault, title }: AnyCheck): Row {
  return [id, byDefault ? severity : `${severity}, off`, title];
}

function described(check: AnyCheck): object {
  const { id, subject, severity, byDefault, title, why, checklist, needs, references } = check;
  return { id, subject, severity, byDefault, title, why, checklist, needs, references };
}

/** Aligns columns; the last column is not padded. */
function columns(rows: readonly Row[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) => {
    const line = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    return `${line.trimEnd()}\n`;
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
