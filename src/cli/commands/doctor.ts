import { checks } from '../../../checks/index.ts';
import type { Provider } from '../../providers/contract.ts';
import { providers } from '../../providers/index.ts';
import { safeLine, safeText } from '../../reporters/safe-text.ts';
import { wrap } from '../../reporters/table/page.ts';
import type { CommandContext } from '../command-context.ts';
import { type Diagnosis, type OperationTrial, observer, type Trial } from '../diagnosis.ts';
import { exit } from '../exit.ts';
import { faultsTold } from '../faults.ts';
import { interruption } from '../interruption.ts';
import { liveRegistries } from '../live-registries.ts';
import { progress } from '../progress.ts';
import { settingsOf } from '../settings.ts';
import { entriesFor, opened } from '../targets.ts';

/**
 * `regaudit doctor`: makes each API call that a scan needs, on one repository of each target, and prints what is
 * allowed, denied, off or not reached, as whom, and which checks a missing permission affects. Evaluates nothing.
 * Returns 0 if everything was allowed or had no sample, else 3; 4 without a registry.
 */
export async function doctor(context: CommandContext, targets: readonly string[]): Promise<number> {
  const { log } = context;
  const settings = await settingsOf(context, { checks, providers });
  const entries = entriesFor(targets, settings.entries);
  const run = interruption(context, settings.timeout);
  const faults = faultsTold(log, context.flags.on('debug'));
  const shown = progress(log, context.live, context.stderr.columns || 80);
  const observed = observer();
  try {
    const lines = liveRegistries({
      ...context,
      named: targets,
      providers,
      settings: { ...settings, entries },
      signal: run.signal,
      progress: {
        ...shown,
        step(step) {
          shown.step(step);
          observed.step(step);
        },
      },
      faults,
      sample: true,
    });
    for await (const line of lines) {
      shown.read(line);
      observed.line(line);
    }
  } finally {
    shown.end();
  }
  run.finish();
  const byId = new Map<string, Provider>();
  for (const entry of entries) {
    const { provider } = await opened(entry, providers);
    byId.set(provider.id, provider);
  }
  const diagnoses = observed
    .diagnoses(byId, settings.checks, {
      labels: settings.ownerTag !== undefined,
      pulls: settings.mayPull,
    })
    .toSorted((a, b) => (a.registry < b.registry ? -1 : 1));
  const width = context.stdout.columns || 80;
  await context.print(linesOf(diagnoses, width).map((line) => `${safeLine(line)}\n`));
  const ending = run.ending();
  if (ending === 'SIGINT') return 130;
  if (ending === 'SIGTERM') return 143;
  if (faults.any()) return exit.bug;
  if (diagnoses.length === 0) return exit.nothing;
  const bad = diagnoses.some(({ trials }) => trials.some(({ trial }) => problems.has(trial)));
  return bad || ending !== null ? exit.incomplete : exit.ok;
}

const problems: ReadonlySet<Trial> = new Set(['denied', 'not reached', 'off', 'unclear']);

function linesOf(diagnoses: readonly Diagnosis[], width: number): string[] {
  if (diagnoses.length === 0) return ['No registry was found.'];
  return diagnoses.flatMap((diagnosis, at) => [
    ...(at === 0 ? [] : ['']),
    ...diagnosisLines(diagnosis, width),
  ]);
}

function diagnosisLines(
  { registry, caller, sample, trials }: Diagnosis,
  width: number,
): readonly string[] {
  const of = (trial: Trial) => trials.filter((one) => one.trial === trial);
  const named = (some: readonly OperationTrial[]) => some.map(({ operation }) => operation);
  const list = (label: string, some: readonly OperationTrial[]) =>
    some.length === 0
      ? []
      : wrap(`${label} (${some.length}): ${named(some).join(', ')}`, width, '  ', '    ');
  return [
    safeText(registry),
    ...wrap(
      `  signed in as ${caller === null ? 'unknown (the API does not say)' : safeText(caller)}`.trim(),
      width,
      '  ',
      '    ',
    ),
    `  sample: ${sample === null ? 'none' : safeText(sample)}`,
    ...list('allowed', of('allowed')),
    ...trials
      .filter(({ trial }) => problems.has(trial))
      .flatMap((trial) => problemLines(trial, width)),
    ...list('not tried, for there was nothing to try it on', of('no sample')),
  ];
}

function problemLines(
  { operation, trial, permission, detail, checks: affected }: OperationTrial,
  width: number,
): readonly string[] {
  const grant = trial === 'denied' && permission !== '' ? `: grant ${permission}` : '';
  return [
    ...wrap(`${trial}: ${operation}${grant}`, width, '  ', '    '),
    ...(detail === null ? [] : wrap(safeText(detail, 400), width, '    ', '    ')),
    ...(affected.length === 0
      ? []
      : wrap(`affects ${affected.join(', ')}`, width, '    ', '      ')),
  ];
}
