import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { template } from '../../config/template.ts';
import { fsErrorMessage } from '../../files/fs-error-message.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { CommandContext } from '../command-context.ts';

/** `regaudit init`: writes a configuration file to start from. Never overwrites a file. */
export async function init(
  { log, tool, cwd }: CommandContext,
  file = 'regaudit.yaml',
): Promise<number> {
  const schema = `https://raw.githubusercontent.com/${tool.name}/${tool.name}/main/src/schema/config.schema.json`;
  try {
    // `wx` also refuses symbolic links.
    await writeFile(resolve(cwd, file), template(schema, 'ecr'), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new UsageError(`${file} already exists and was not changed`);
    }
    throw new UsageError(`${file} cannot be written: ${fsErrorMessage(error)}`);
  }
  log.say(`${file} is written: read it, then regaudit scan -c ${file}`);
  return 0;
}
