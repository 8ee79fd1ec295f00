import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { boundedDocument } from '../decode/bounded-yaml.ts';
import type { Cases } from '../engine/cases.ts';
import type { AnyCheck } from '../engine/check.ts';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { UsageError } from '../model/usage-error.ts';
import { codeCases, codeChecks } from './code-check.ts';
import type { CompileCondition } from './condition.ts';
import { readRegular } from './read-regular.ts';

/** The sources of custom checks. Only sources from the command line or the environment may contain code. */
export interface CheckSources {
  /** Folders named by the user: checks in YAML and in code. */
  readonly folders: readonly string[];
  /** Modules named by the user. */
  readonly modules: readonly string[];
  /** Folders named by a configuration file: checks in YAML only. */
  readonly configured: readonly string[];
}

export interface CustomChecks {
  readonly checks: readonly AnyCheck[];
  readonly cases: readonly Cases[];
  /** The files that were read. */
  readonly files: readonly string[];
}

const mostFiles = 200;
const script = /\.[cm]?[jt]s$/;
const declared = /\.check\.ya?ml$/;
const code = /\.check\.[cm]?[jt]s$/;

/**
 * Loads custom checks. In a folder, `NAME.check.yaml` is a YAML check, `NAME.check.js` is code, and
 * `NAME.cases.js` holds its examples. In: the sources, the existing ids, and the base folder of relative
 * paths. Throws `UsageError` with the file and the reason.
 */
export async function loadChecks(
  { folders, modules, configured }: CheckSources,
  taken: readonly string[],
  cwd: string,
): Promise<CustomChecks> {
  const ids = new Set(taken);
  const checks: AnyCheck[] = [];
  const cases: Cases[] = [];
  const files: string[] = [];
  const compile = lazyCompiler();
  const keep = (one: readonly AnyCheck[], name?: string) => {
    for (const { id } of one) {
      if (name !== undefined && id.split('/')[1] !== name)
        throw new Error(`id is "${id}", expected namespace/${name}, after the file`);
      if (ids.has(id)) throw new Error(`there is a check "${id}" already`);
      ids.add(id);
    }
    checks.push(...one);
  };
  const load = async (file: string, names: ReadonlySet<string>, name?: string) => {
    const text = await readRegular(resolve(cwd, file), file);
    files.push(file);
    await about(file, async () => {
      if (declared.test(file)) {
        const { declaredCheckOf } = await import('./declared-check.ts');
        const one = declaredCheckOf(yamlOf(text), await compile());
        keep([one.check], name);
        cases.push(one.cases);
        return;
      }
      const found = await codeChecks(resolve(cwd, file));
      keep(found, name);
      const examples = file.replace('.check.', '.cases.');
      if (examples === file || !names.has(basename(examples))) return;
      await readRegular(resolve(cwd, examples), examples);
      files.push(examples);
      await about(examples, async () => {
        cases.push(await codeCases(resolve(cwd, examples), found));
      });
    });
  };
  const trusted = new Set(folders.map((folder) => resolve(cwd, folder)));
  const yamlOnly = configured.filter((folder) => !trusted.has(resolve(cwd, folder)));
  for (const folder of new Set([...folders, ...yamlOnly])) {
    const names = await namesIn(folder, cwd);
    if (!folders.includes(folder)) refuseCode(folder, names);
    const wanted = names.filter((name) => declared.test(name) || code.test(name));
    if (wanted.length === 0)
      throw new UsageError(
        `${folder} holds no checks`,
        'a check is a file NAME.check.yaml or NAME.check.js',
      );
    if (wanted.length > mostFiles)
      throw new UsageError(`${folder} holds more than ${mostFiles} checks`);
    for (const name of wanted) {
      await load(join(folder, name), new Set(names), name.split('.', 1)[0]);
    }
  }
  for (const module of new Set(modules)) await load(module, new Set());
  return { checks, cases, files };
}

/** The compiler of conditions, loaded on demand; all conditions share one budget. */
function lazyCompiler(): () => Promise<CompileCondition> {
  let compiler: Promise<CompileCondition> | undefined;
  return () => {
    compiler ??= import('./condition.ts').then(({ conditions }) => conditions());
    return compiler;
  };
}

async function namesIn(folder: string, cwd: string): Promise<readonly string[]> {
  const names = await readdir(resolve(cwd, folder)).catch((error: unknown) => {
    throw new UsageError(`${folder} cannot be read: ${fsErrorMessage(error)}`);
  });
  return names.sort();
}

function refuseCode(folder: string, names: readonly string[]): void {
  const found = names.find((name) => script.test(name));
  if (found === undefined) return;
  throw new UsageError(
    `${join(folder, found)} is code, and a configuration file loads checks in YAML alone`,
    `once you have read it, name the folder with --checks-dir or REGAUDIT_CHECKS_DIR`,
  );
}

/** Adds the name of the file to errors. */
async function about(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function yamlOf(text: string): unknown {
  const document = boundedDocument(text, { version: '1.2', uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) throw new Error(fault.message.split('\n')[0]);
  return document.toJS({ maxAliasCount: 20 });
}
