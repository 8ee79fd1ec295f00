import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { registriesText } from '../config/template.ts';
import { demoTime, type ServedDemo } from '../demo/demo.ts';
import { demoKey, demoKeyFile, demoSigners } from '../demo/signers.ts';
import { outputFile } from '../files/output-file.ts';
import { UsageError } from '../model/usage-error.ts';
import type { CommandContext } from './command-context.ts';

const configuration = 'regaudit-demo.yaml';
const variables = 'regaudit-demo.env';
const key = `regaudit-demo-${demoKeyFile}`;
const header = '# Written by regaudit demo --serve; removed when it ends.';

/**
 * Keeps the demo's servers up until SIGINT, SIGTERM or SIGHUP, so that every command can be tried without an account.
 * Writes a configuration with their addresses, the key of its signer, and a file of shell variables with their
 * made-up credentials and clock, readable by their owner alone; removes them at the end. Returns the exit code. Throws `UsageError` for a file that is there
 * and was not written by it.
 */
export async function servePlayground(
  context: Pick<CommandContext, 'cwd' | 'log' | 'signals' | 'environment' | 'atEnd'>,
  served: readonly ServedDemo[],
): Promise<number> {
  const files = [
    { file: configuration, text: configurationOf(served) },
    { file: variables, text: variablesOf(served, context.environment) },
    { file: key, text: demoKey },
  ].map(({ file, text }) => ({
    file,
    path: resolve(context.cwd, file),
    text: `${header}\n${text}`,
  }));
  for (const one of files) await write(context, one);
  context.log.say(`the demo registries are up; in another terminal, in this folder:
  . ./${variables}
  regaudit scan -c ${configuration}
Ctrl-C ends them.`);
  try {
    return await new Promise<number>((ended) => {
      // Servers of the demo do not keep the process alive.
      const open = setInterval(() => undefined, 60_000);
      const end = (code: number) => () => {
        clearInterval(open);
        ended(code);
      };
      context.signals.on('SIGINT', end(130));
      context.signals.on('SIGTERM', end(143));
      context.signals.on('SIGHUP', end(129));
    });
  } finally {
    for (const { path } of files) await rm(path, { force: true });
  }
}

function configurationOf(served: readonly ServedDemo[]): string {
  const entries = served.flatMap((demo) => demo.entries);
  const signers = demoSigners.map((signer) => ({ ...signer, key }));
  return `${registriesText(entries.map((entry) => ({ entry, remark: null })))}expect: ${JSON.stringify({ signers })}\n`;
}

/** POSIX shell: unsets what of the user's own environment would be preferred, then sets the demo's. */
function variablesOf(
  served: readonly ServedDemo[],
  own: Readonly<Record<string, string | undefined>>,
): string {
  const demo = {
    ...Object.assign({}, ...served.map(({ environment }) => environment)),
    REGAUDIT_NOW: demoTime,
  };
  const hidden = served.flatMap(({ hiddenVariables }) => hiddenVariables);
  const unset = Object.keys(own).filter(
    (name) =>
      /^\w+$/.test(name) &&
      !Object.hasOwn(demo, name) &&
      hidden.some((begin) => name.startsWith(begin)),
  );
  return [
    ...unset.map((name) => `unset ${name}\n`),
    ...Object.entries(demo).map(([name, value]) => `export ${name}=${quoted(String(value))}\n`),
  ].join('');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function write(
  context: Pick<CommandContext, 'cwd' | 'atEnd'>,
  { file, path, text }: { file: string; path: string; text: string },
): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before !== null && !before.startsWith(header))
    throw new UsageError(`${file} is there already and was left as it is`);
  // A new file in the place of the old one: that may be readable by everybody, or a link.
  await (await outputFile(context, file, [])).write([text]);
}
