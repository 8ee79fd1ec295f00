import { createHmac, randomBytes } from 'node:crypto';
import { type Pseudonyms, pseudonyms } from '../findings/pseudonyms.ts';
import type { CommandContext } from './command-context.ts';
import { redactKey } from './environment.ts';

/**
 * What `--redact` asks for; null: it was not given. Pseudonyms are the same in all that one run writes,
 * and in every run that gets the same key; without the key nobody can find out what they stand for by
 * trying addresses.
 */
export function redactionOf({
  flags,
  environment,
  log,
}: Pick<CommandContext, 'flags' | 'environment' | 'log'>): Pseudonyms | null {
  if (!flags.on('redact')) return null;
  const given = environment[redactKey];
  if (given === undefined || given === '')
    log.say(`pseudonyms hold for this run; ${redactKey} keeps them the same in further runs`);
  const key = given || randomBytes(32);
  return pseudonyms((text) => createHmac('sha256', key).update(text).digest('hex').slice(0, 10));
}
