import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { providerOf } from '../../config/schema.ts';
import { type StartingEntry, template } from '../../config/template.ts';
import { fsErrorMessage } from '../../files/fs-error-message.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import type { CommandContext } from '../command-context.ts';
import { environmentTargets } from '../environment-targets.ts';
import { opened } from '../targets.ts';

const defaultFile = 'regaudit.yaml';

/**
 * `regaudit init`: writes a configuration to start from, with the named targets, else with those that this
 * machine is set up for. Never overwrites a file. Throws `UsageError` for a target that cannot be one.
 */
export async function init(
  { log, tool, cwd, environment }: CommandContext,
  words: readonly string[],
): Promise<number> {
  const files = words.filter((word) => /\.ya?ml$/i.test(word));
  const [file = defaultFile, ...more] = files;
  if (more.length > 0) throw new UsageError(`init writes one file, not ${files.join(' and ')}`);
  const named = words.filter((word) => !files.includes(word));
  for (const target of named) await opened({ target }, providers);
  const entries =
    named.length > 0
      ? named.map((target) => ({ entry: target, remark: null }))
      : await entriesOf(environment);
  const schema = `https://raw.githubusercontent.com/${tool.name}/${tool.name}/main/src/schema/config.schema.json`;
  try {
    // `wx` also refuses symbolic links.
    await writeFile(resolve(cwd, file), template(schema, entries), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new UsageError(`${file} already exists and was not changed`);
    }
    throw new UsageError(`${file} cannot be written: ${fsErrorMessage(error)}`);
  }
  for (const { entry, remark } of entries)
    if (remark !== null) log.say(`${typeof entry === 'string' ? entry : entry.target}: ${remark}`);
  log.say(`${file} is written: read it, then regaudit scan -c ${file}`);
  return 0;
}

/** The registries of this machine; else an example. */
async function entriesOf(
  environment: CommandContext['environment'],
): Promise<readonly StartingEntry[]> {
  const found = (await environmentTargets(environment)).filter(({ entry }) =>
    Object.hasOwn(providers, providerOf(typeof entry === 'string' ? entry : entry.target)),
  );
  if (found.length === 0)
    return [{ entry: 'ecr', remark: 'an example: no registry is set up here, name yours' }];
  return found.map(({ entry, evidence }) => ({ entry, remark: `found by ${evidence}` }));
}
