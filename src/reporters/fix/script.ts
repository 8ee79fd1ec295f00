import type { AllCommands, CommandPlace } from '../../model/commands.ts';
import type { Report } from '../../model/report.ts';
import type { Reporter } from '../reporter.ts';
import { safeLine, safeText } from '../safe-text.ts';
import { plural } from '../table/page.ts';
import {
  type Readiness,
  readinessOf,
  type Step,
  type StepCounts,
  stepsOf,
  type Task,
} from './steps.ts';

const mostNamed = 20;
const longest = 1000;

/**
 * Renders the fixes of the failing findings as a shell script to review first. A step that needs a value
 * or a decision is a comment, so that running the script never runs half a step.
 */
export function fixScript(commands: AllCommands): Reporter {
  return (report) => scriptOf(report, commands);
}

function* scriptOf(report: Report, commands: AllCommands): Generator<string> {
  const counts: StepCounts = { fixed: 0, aside: 0, unknown: 0 };
  const tasks: Record<Readiness, number> = { ready: 0, value: 0, 'by hand': 0 };
  let registry = '';
  yield `#!/bin/sh\n${heading(report, scriptNotes)}\nset -eu\n${definitionsFor(report, commands)}`;
  for (const step of stepsOf(report, commands, counts)) {
    yield stepHead(step);
    for (const task of step.tasks) {
      yield* taskHead(task);
      const { command, place } = task;
      const readiness = readinessOf(step.fix, task);
      tasks[readiness] += 1;
      if (command === null) {
        yield byHand(step, place);
        continue;
      }
      if (readiness !== 'ready') {
        yield instructions(task, command.missing);
        yield [...place.before, command.text].join('\n').replace(/^/gm, '# ');
        yield '\n';
        continue;
      }
      if (registry !== task.registry) yield place.before.map((line) => `${line}\n`).join('');
      registry = task.registry;
      yield `${command.text}\n`;
    }
  }
  yield ending(counts);
  yield readinessLine(tasks);
}

/** Renders the same fixes as Terraform, all in comments: the owner of the code copies them. */
export function* fixTerraform(report: Report): Generator<string> {
  const counts: StepCounts = { fixed: 0, aside: 0, unknown: 0 };
  yield heading(report, terraformNotes);
  for (const step of stepsOf(report, {}, counts)) {
    yield stepHead(step);
    for (const task of step.tasks) yield* taskHead(task);
    const { terraform } = step.fix;
    yield terraform === undefined ? byHand(step, { unfit: null }) : `#\n${commented(terraform)}`;
  }
  yield ending(counts);
}

const scriptNotes = [
  'Review every step before you run it. The most severe findings come first. A step whose',
  'commands are comments needs a value or a decision; fill it in and remove the #.',
];
const terraformNotes = [
  'Changes to make in Terraform. Change resources that Terraform manages only there: the next',
  'apply reverts every other change.',
];

function heading({ tool, finishedAt }: Report, notes: readonly string[]): string {
  return [
    comment(
      `Fixes for the findings of ${tool.name} ${tool.version}, scan finished at ${finishedAt}.`,
    ),
    comment('Nothing was run: regaudit only reads.'),
    ...notes.map(comment),
  ].join('');
}

function stepHead({ check, severity, provider, about, fix, tasks }: Step): string {
  const count = tasks.reduce((sum, { findings }) => sum + findings.length, 0);
  return [
    '\n',
    comment(`==== ${severity.toUpperCase()} ${check} (${provider}), ${plural(count, 'finding')}`),
    ...(about === undefined ? [] : [comment(`Expected: ${about.title}.`)]),
    comment(`Risk: ${fix.risk ?? 'not described; try it outside production first.'}`),
    comment(`Undo: ${fix.undo ?? 'not described; note the current setting before you change it.'}`),
  ].join('');
}

/** Lists the findings of a task: a few examples for one command, all of them without a command. */
function* taskHead({ findings, command }: Task): Generator<string> {
  const most = command === null ? findings.length : mostNamed;
  yield '#\n';
  for (const { subject, message, fingerprint } of findings.slice(0, most)) {
    yield comment(`${subject}: ${message} [finding ${fingerprint.slice(0, 12)}]`);
  }
  const more = findings.length - most;
  if (more > 0) yield comment(`and ${plural(more, 'more finding')} that the same command fixes`);
}

function instructions({ registry }: Task, missing: readonly string[]): string {
  const values = missing.map((name) => `<${name}>`).join(', ');
  const what = missing.length === 0 ? 'Line by line' : `After you fill in ${values}`;
  return comment(`${what}, with the credentials of ${registry}:`);
}

function definitionsFor({ registries }: Report, commands: AllCommands): string {
  const used = new Set(registries.map(({ provider }) => provider));
  return Object.entries(commands)
    .map(([provider, { definitions }]) => (used.has(provider) ? definitions : ''))
    .join('');
}

function byHand(
  { fix: { console, instead } }: Step,
  { unfit, instead: there }: Pick<CommandPlace, 'unfit' | 'instead'>,
): string {
  const ways = [
    ...(unfit === null ? [] : [`No command: ${unfit}.`]),
    ...(there === undefined ? [] : [`In the console: ${there}`]),
    ...(console === undefined || there !== undefined ? [] : [`In the console: ${console}`]),
    ...(instead === undefined || there !== undefined ? [] : [`Manual steps: ${instead}`]),
  ];
  return (ways.length > 0 ? ways : ['No fix is described.']).map(comment).join('');
}

function ending({ fixed, aside, unknown }: StepCounts): string {
  const left = aside > 0 ? `; ${aside} waived or in the baseline are not included` : '';
  return [
    '\n',
    comment(`${plural(fixed, 'failing finding')}${left}.`),
    ...(unknown > 0 ? [comment(`${plural(unknown, 'unknown finding')}: not included.`)] : []),
  ].join('');
}

function readinessLine({ ready, value, 'by hand': byHand }: Record<Readiness, number>): string {
  const count = plural(ready + value + byHand, 'step');
  const needs = value === 1 ? 'needs' : 'need';
  return comment(`${count}: ${ready} ready, ${value} ${needs} a value, ${byHand} by hand.`);
}

function commented(text: string): string {
  return text.split('\n').map(comment).join('');
}

/** One comment line: it neither ends the comment nor contains a CI command, whatever the text. */
function comment(text: string): string {
  return `${safeLine(`# ${safeText(text, longest)}`)}\n`;
}
