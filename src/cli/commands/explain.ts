import controls from '../../../checks/controls.json' with { type: 'json' };
import { checks } from '../../../checks/index.ts';
import { type Coverage, coverage } from '../../catalogue/coverage.ts';
import { didYouMean } from '../../config/suggest.ts';
import type { AnyCheck, Fix } from '../../engine/check.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import type { Provider } from '../../providers/provider.ts';
import { print } from '../output.ts';
import { controlsOf, type TopicControl } from '../report.ts';
import type { Shell } from '../shell.ts';
import { providerById } from '../targets.ts';

/** `regaudit explain`: what a check wants, why, what it reads where, and how to put it right. */
export async function explainCheck({ flags }: Shell, id: string): Promise<number> {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) {
    const ids = checks.map((one) => one.id);
    throw new UsageError(
      `there is no check "${id}"${didYouMean(id, ids)}`,
      'regaudit list checks shows all of them',
    );
  }
  const only = flags.text('provider');
  const chosen = only === undefined ? Object.keys(providers) : [only];
  const loaded = await Promise.all(chosen.map((provider) => providerById(providers, provider)));
  await print([...head(check), ...loaded.flatMap((provider) => atProvider(check, provider))]);
  return 0;
}

function head(check: AnyCheck): string[] {
  const runs = check.byDefault ? 'by default' : 'only when named or switched on';
  return [
    `${check.id}\n`,
    `  ${check.title}.\n\n`,
    `  ${check.why}\n\n`,
    `Severity    ${check.severity}\n`,
    `Judges      each ${check.subject}\n`,
    `Runs        ${runs}\n`,
    `Answers     ${check.answers.join(', ') || 'no item of the checklist'}\n`,
    `Rests on    ${[...check.needs, ...check.excusedBy].join(', ')}\n`,
    `References  ${check.references.join('\n            ')}\n`,
    ...towards(check),
  ];
}

/** Passing is evidence towards a control, never compliance with it; our own reading is only counted. */
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
  if (related > 0) lines.push(`and ${related} related ones by our own reading, in the JSON report`);
  return lines.length === 0
    ? []
    : [`Evidence    ${['towards', ...lines].join('\n            ')}\n`];
}

function atProvider(check: AnyCheck, provider: Provider): string[] {
  return [
    `\n${provider.title} (${provider.id})\n`,
    `  ${read(coverage(check, provider))}\n`,
    ...fixes(check.fix[provider.id] ?? {}),
  ];
}

function read(answer: Coverage): string {
  switch (answer.kind) {
    case 'judged':
      return `Read from ${answer.operations.join(', ')}`;
    case 'always':
      return 'The same for everybody: nothing is read';
    case 'cannot':
      return `Not applicable: ${answer.note}`;
  }
}

function fixes({ command, terraform, console, instead }: Fix): string[] {
  const ways = { Command: command, Terraform: terraform, Console: console, Instead: instead };
  return Object.entries(ways).flatMap(([name, text]) =>
    text === undefined ? [] : [`\n  ${name}\n    ${text.replaceAll('\n', '\n    ')}\n`],
  );
}
