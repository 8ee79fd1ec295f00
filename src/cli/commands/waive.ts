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
import { providerById } from '../targets.ts';

/**
 * `regaudit waive`: adds a waiver to the configuration, or with `--unknown` an accepted unknown, and keeps
 * everything else in the file.
 */
export async function waive(context: CommandContext, subject: string, id: string): Promise<number> {
  const { flags, log, cwd, now } = context;
  const check = checkOf(id);
  const list: ExceptionList = flags.on('unknown') ? 'acceptUnknown' : 'waivers';
  const scope = await scopeOf(subject, check, list);
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

/**
 * Cuts a subject, as reports name it, into registry and repository: the registry has as many parts as
 * the longest address of its provider. A waiver holds wherever the cut is, see `policy/scope.ts`.
 */
async function scopeOf(
  subject: string,
  check: AnyCheck,
  list: ExceptionList,
): Promise<{ readonly registry: string; readonly repository?: string }> {
  const id = providerOf(subject);
  const { addresses } = await providerById(providers, id);
  const parts = (address: string) => address.split('://')[1]?.split('/') ?? [];
  const length = Math.max(...addresses.map((address) => parts(address).length));
  const given = parts(subject);
  if (given.length === 0 || given.includes('')) {
    throw new UsageError(`"${subject}" names no registry`, `write ${id}://… as reports do`);
  }
  const registry = `${id}://${given.slice(0, length).join('/')}`;
  const repository = given.slice(length).join('/');
  if (registry.includes('*')) {
    throw new UsageError(`"${subject}" names no registry; * can only match repositories`);
  }
  if (check.subject === 'registry') {
    if (repository === '') return { registry };
    throw new UsageError(`${check.id} evaluates registries, and ${subject} is a repository`);
  }
  // While the list of repositories cannot be read, the registry stands for all of them.
  if (repository === '' && list === 'acceptUnknown') return { registry };
  if (repository !== '') return { registry, repository };
  throw new UsageError(
    `${check.id} evaluates repositories, and ${subject} is a registry`,
    `name one, or ${subject}/* for all of them`,
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
