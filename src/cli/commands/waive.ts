import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checks } from '../../../checks/index.ts';
import { type ExceptionList, withException } from '../../config/add-waiver.ts';
import type { Config } from '../../config/config.ts';
import { discover } from '../../config/discover.ts';
import { wrongEnd } from '../../config/exception-problems.ts';
import { loadConfig } from '../../config/load.ts';
import { readText } from '../../config/read-text.ts';
import { providerOf } from '../../config/schema.ts';
import { didYouMean } from '../../config/suggest.ts';
import type { AnyCheck } from '../../engine/check.ts';
import { locked } from '../../files/lock.ts';
import { outputFile } from '../../files/output-file.ts';
import { type Day, dayOf } from '../../model/day.ts';
import { type Exception, longestAnswer } from '../../model/exception.ts';
import { UsageError } from '../../model/usage-error.ts';
import { describeScope } from '../../policy/scope.ts';
import { providers } from '../../providers/index.ts';
import { reporters } from '../../reporters/reporters.ts';
import type { CommandContext } from '../command-context.ts';
import type { Flags } from '../flags.ts';
import { scopeOf } from '../subject-scope.ts';
import { providerById } from '../targets.ts';

/**
 * `regaudit waive`: adds a waiver to the configuration, or with `--unknown` an accepted unknown, and keeps
 * everything else in the file.
 */
export async function waive(context: CommandContext, subject: string, id: string): Promise<number> {
  const { flags, log, cwd, now } = context;
  const check = checkOf(id);
  const list: ExceptionList = flags.on('unknown') ? 'acceptUnknown' : 'waivers';
  const { addresses } = await providerById(providers, providerOf(subject));
  // While the list of repositories cannot be read, the registry stands for all of them.
  const scope = scopeOf(subject, check, { addresses, whole: list === 'acceptUnknown' });
  const waiver = { check: id, ...scope, ...answers(flags, dayOf(now()), list) };
  const file = flags.text('config') ?? (await discover(cwd));
  if (file === null) {
    throw new UsageError('there is no configuration here', 'regaudit init writes one');
  }
  const release = await locked(resolve(cwd, file));
  try {
    await addTo(context, file, waiver, list);
  } finally {
    await release();
  }
  const what = list === 'waivers' ? 'is waived' : 'is accepted as unknown';
  log.say(`${file}: ${id} ${what} for ${describeScope(waiver)} until ${waiver.expires}`);
  return 0;
}

async function addTo(
  context: CommandContext,
  file: string,
  waiver: Exception,
  list: ExceptionList,
): Promise<void> {
  const { environment, cwd, now } = context;
  const ids = checks.map((one) => one.id);
  const catalogue = { checks: ids, providers, formats: Object.keys(reporters) };
  const config = await loadConfig(file, catalogue, { environment, now: now(), cwd });
  refuseTwice(config[list], waiver);
  const text = withException(await readText(file, cwd), waiver, file.endsWith('.json'), list);
  const { mode } = await stat(resolve(cwd, file));
  // The configuration is both input and output here.
  await (await outputFile(context, file, [], mode & 0o777)).write([text]);
}

function checkOf(id: string): AnyCheck {
  const check = checks.find((one) => one.id === id);
  if (check !== undefined) return check;
  throw new UsageError(
    `there is no check "${id}"${didYouMean(
      id,
      checks.map((one) => one.id),
    )}`,
    'regaudit list checks shows all of them',
  );
}

function answers(
  flags: Flags,
  today: Day,
  list: ExceptionList,
): Pick<Exception, 'reason' | 'expires' | 'owner' | 'ticket'> {
  const reason = flags.text('reason')?.trim() ?? '';
  const expires = flags.text('expires') ?? '';
  if (reason === '')
    throw new UsageError('a waiver needs a reason', '--reason "why the risk is accepted"');
  if (expires === '') throw new UsageError('a waiver needs an expiry date', '--expires 2027-01-31');
  const wrong = expires < today ? `${expires} is in the past` : null;
  const end = wrongEnd(expires, today) ?? wrong;
  if (end !== null) throw new UsageError(`${flags.nameOf('expires')}: ${end}`);
  if (list === 'acceptUnknown' && (flags.text('owner') ?? '').trim() === '')
    throw new UsageError('an accepted unknown needs an owner', '--owner platform-team');
  const [owner, ticket] = [flags.text('owner'), flags.text('ticket')];
  for (const text of [reason, owner, ticket]) {
    if (text !== undefined && text.length > longestAnswer)
      throw new UsageError(`"${text.slice(0, 20)}…" is longer than ${longestAnswer} characters`);
  }
  return { reason, ...(owner && { owner }), expires, ...(ticket && { ticket }) };
}

function refuseTwice(
  list: Config[ExceptionList] = [],
  { check, registry, repository }: Exception,
): void {
  const same = list.find(
    (one) => one.check === check && one.registry === registry && one.repository === repository,
  );
  if (same === undefined) return;
  throw new UsageError(
    `${same.file}:${same.line}: there is one already until ${same.expires}`,
    'change its expiry date there',
  );
}
