import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CommandContext } from './command-context.ts';
import type { Environment } from './environment.ts';

const published = 'https://github.com/regaudit/regaudit/blob/main/docs/checks';

/**
 * Opens the documentation page of an existing check and prints its address as a fallback. Returns the exit code.
 */
export async function openCheckPage(
  { environment, log, print }: CommandContext,
  id: string,
): Promise<number> {
  const file = pageFile(id, dirname(fileURLToPath(import.meta.url)));
  const address = file === null ? `${published}/${id}.md` : pathToFileURL(file).href;
  await print([`${address}\n`]);
  if (!(await opened(address, environment))) log.say('no browser could be started');
  return 0;
}

/** The page in the package, whose root is one folder above the built program and two above this file. */
function pageFile(id: string, folder: string): string | null {
  const files = ['..', '../..'].map((root) => join(folder, root, 'docs', 'checks', `${id}.md`));
  return files.find((file) => existsSync(file)) ?? null;
}

/** The address is passed as an argument; no shell interprets it. */
function opened(address: string, environment: Environment): Promise<boolean> {
  const [program, ...words] = openerOf(environment, process.platform);
  return new Promise((resolve) => {
    const child = spawn(program, [...words, address], {
      detached: true,
      stdio: 'ignore',
      env: environment,
    });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function openerOf(
  { BROWSER: chosen }: Environment,
  platform: NodeJS.Platform,
): [string, ...string[]] {
  if (chosen !== undefined && chosen !== '') return [chosen];
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
