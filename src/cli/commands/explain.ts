import controls from '../../../checks/controls.json' with { type: 'json' };
import { checks } from '../../../checks/index.ts';
import { controlsOf, type TopicControl } from '../../audit/report.ts';
import { type Coverage, coverage } from '../../catalogue/coverage.ts';
import { didYouMean } from '../../config/suggest.ts';
import type { AnyCheck } from '../../engine/check.ts';
import type { Fix } from '../../model/fix.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Provider } from '../../providers/contract.ts';
import { providers } from '../../providers/index.ts';
import type { CommandContext } from '../command-context.ts';
import { allCommands, fixesFor, withOwnFixes } from '../known-fixes.ts';
import { providerById } from '../targets.ts';

/**
 * `regaudit explain`: what a check wants, why, what it reads where, and how to put it right; or, with a
 * report, all that is known of the finding of this fingerprint.
 */
export async function explain(context: CommandContext, subject: string): Promise<number> {
  const [file, second] = context.flags.list('from') ?? [];
  if (second !== undefined)
    throw new UsageError('a finding is explained from one report, and --from names two');
  if (file === undefined) return explainCheck(context, checkNamed(subject));
  const [{ readReport }, { chunksOf }, { findingOf, findingPage }] = await Promise.all([
    import('../../findings/report-reader.ts'),
    import('../../files/chunks.ts'),
    import('../finding-page.ts'),
  ]);
  const stored = await readReport(file, chunksOf(file, context));
  const report = withOwnFixes(stored, await fixesFor(stored.registries));
  const finding = findingOf(report, subject);
  if (context.flags.on('open')) return openPage(context, checkNamed(finding.check).id);
  await context.print(findingPage(report, finding, await allCommands()));
  return 0;
}

async function explainCheck(context: CommandContext, check: AnyCheck): Promise<number> {
  const { flags } = context;
  if (flags.on('open')) return openPage(context, check.id);
  const only = flags.text('provider');
  const chosen = only === undefined ? Object.keys(providers) : [only];
  const loaded = await Promise.all(chosen.map((provider) => providerById(providers, provider)));
  await context.print([
    ...head(check),
    ...loaded.flatMap((provider) => atProvider(check, provider)),
  ]);
  return 0;
}

async function openPage(context: CommandContext, id: string): Promise<number> {
  const { openCheckPage } = await import('../check-page.ts');
  return openCheckPage(context, id);
}

function checkNamed(id: string): AnyCheck {
  const check = checks.find((one) => one.id === id);
  if (check !== undefined) return check;
  if (/^[0-9a-f]{8,64}$/.test(id)) {
    throw new UsageError(
      `${id} looks like the fingerprint of a finding, which only a report has`,
      'name the report: --from report.json',
    );
  }
  const ids = checks.map((one) => one.id);
  throw new UsageError(
    `there is no check "${id}"${didYouMean(id, ids)}`,
    'regaudit list checks shows all of them',
  );
}

function head(check: AnyCheck): string[] {
  const runs = check.byDefault ? 'by default' : 'only if selected or switched on';
  return [
    `${check.id}\n`,
    `  ${check.title}.\n\n`,
    `  ${check.why}\n\n`,
    `Severity    ${check.severity}\n`,
    `Subject     each ${check.subject}\n`,
    `Runs        ${runs}\n`,
    `Checklist   ${check.checklist.join(', ') || 'no item'}\n`,
    `Facts       ${[...check.needs, ...check.mitigatedBy].join(', ')}\n`,
    `References  ${check.references.join('\n            ')}\n`,
    ...towards(check),
  ];
}

/** A pass is evidence towards a control, never compliance with it. Mappings that regaudit made itself are only counted. */
function towards({ topics: about }: AnyCheck): string[] {
  const all = controlsOf(about, controls as readonly TopicControl[]);
  const mapped = all.filter(({ by }) => by !== 'related');
  const byFramework = new Map<string, string[]>();
  for (const { framework, version, id } of mapped) {
    const name = `${framework} ${version}`;
    byFramework.set(name, [...(byFramework.get(name) ?? []), id]);
  }
  const lines = [...byFramework].map(([name, ids]) => `${name}: ${ids.join(', ')}`);
  const related = all.length - mapped.length;
  if (related > 0) lines.push(`and ${related} related ones mapped by regaudit, in the JSON report`);
  return lines.length === 0
    ? []
    : [`Evidence    ${['towards', ...lines].join('\n            ')}\n`];
}

function atProvider(check: AnyCheck, provider: Provider): string[] {
  return [
    `\n${provider.title} (${provider.id})\n`,
    `  ${read(coverage(check, provider))}\n`,
    ...fixes(provider.fixes[check.id] ?? {}),
  ];
}

function read(answer: Coverage): string {
  switch (answer.kind) {
    case 'judged':
      return `Read from ${answer.operations.join(', ')}`;
    case 'always':
      return 'Constant: nothing is read';
    case 'by-hand':
      return `check by hand, because ${answer.note}: ${answer.step}`;
    case 'cannot':
      return `Not applicable: ${answer.note}`;
  }
}

function fixes(fix: Partial<Fix>): string[] {
  const { command, terraform, console, instead, risk, undo, references } = fix;
  const ways = {
    Command: command,
    Terraform: terraform,
    Console: console,
    'Manual steps': instead,
    Risk: risk,
    Undo: undo,
    References: references?.join('\n'),
  };
  return Object.entries(ways).flatMap(([name, text]) =>
    text === undefined ? [] : [`\n  ${name}\n    ${text.replaceAll('\n', '\n    ')}\n`],
  );
}
