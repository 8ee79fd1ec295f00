import { readdir, readFile, stat } from 'node:fs/promises';
import * as nodeModule from 'node:module';
import { basename, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { Cases } from '../engine/cases.ts';
import type { AnyCheck } from '../engine/check.ts';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { UsageError } from '../model/usage-error.ts';
import { declaredCheckOf } from './declared-check.ts';
import { type FenceLimits, fenced, standardLimits } from './fence.ts';
import { moduleCheck } from './module-check.ts';

/** The checks of a folder, and their examples. */
export interface Plugins {
  readonly checks: readonly AnyCheck[];
  readonly cases: readonly Cases[];
  /** The files of the folder that were read. */
  readonly files: readonly string[];
  /** Ends the threads of check modules. Safe to call twice. */
  readonly end: () => void;
}

const most = { files: 200, bytes: 256 * 1024 };
const script = /\.(js|mjs|ts)$/;
const kinds = {
  declared: /\.check\.ya?ml$/,
  module: /\.check\.(js|mjs|ts)$/,
  cases: /\.cases\.(js|mjs|ts)$/,
} as const;

/**
 * Loads the checks of a folder: `NAME.check.yaml` is declared, `NAME.check.js` (or `.mjs`, or `.ts` where
 * Node can strip types) is a module written against `regaudit/check`; `NAME.cases.js` beside it holds its
 * examples. `taken`: ids there are already. Throws `UsageError` that names the file and what is wrong.
 */
export async function loadPlugins(
  folder: string,
  taken: readonly string[],
  { cwd, limits = standardLimits }: { readonly cwd: string; readonly limits?: FenceLimits },
): Promise<Plugins> {
  const texts = await textsOf(folder, cwd);
  const ids = new Set(taken);
  const checks: AnyCheck[] = [];
  const cases: Cases[] = [];
  const ends: (() => void)[] = [];
  const end = () => {
    for (const one of ends.splice(0)) one();
  };
  const keep = (file: string, check: AnyCheck) => {
    const name = basename(file).split('.', 1)[0];
    if (check.id.split('/')[1] !== name)
      throw new Error(`id is "${check.id}", expected namespace/${name}, after the file`);
    if (ids.has(check.id)) throw new Error(`there is a check "${check.id}" already`);
    ids.add(check.id);
    checks.push(check);
  };
  try {
    for (const [file, text] of Object.entries(texts)) {
      about(folder, file, () => {
        if (kinds.declared.test(file)) {
          const declared = declaredCheckOf(yamlOf(text));
          keep(file, declared.check);
          cases.push(declared.cases);
        } else if (kinds.module.test(file)) {
          const { check, end: endOne } = moduleCheck(scripts(texts), file, limits);
          ends.push(endOne);
          keep(file, check);
          const examples = file.replace('.check.', '.cases.');
          if (Object.hasOwn(texts, examples))
            cases.push(casesOf(scripts(texts), examples, check, limits));
        }
      });
    }
  } catch (error) {
    end();
    throw error;
  }
  const files = Object.keys(texts).map((name) => join(folder, name));
  if (checks.length > 0) return { checks, cases, files, end };
  throw new UsageError(
    `${folder} holds no checks`,
    'a check is a file NAME.check.yaml or NAME.check.js',
  );
}

/** The texts of the folder's own files, by name and in its order. */
async function textsOf(folder: string, cwd: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(resolve(cwd, folder)).catch((error: unknown) => {
    throw new UsageError(`${folder} cannot be read: ${fsErrorMessage(error)}`);
  });
  const wanted = names.filter((name) => script.test(name) || kinds.declared.test(name)).sort();
  if (wanted.length > most.files)
    throw new UsageError(`${folder} holds more than ${most.files} files of checks`);
  const texts: Record<string, string> = {};
  for (const name of wanted) {
    const file = join(folder, name);
    texts[name] = await textOf(resolve(cwd, file)).catch((error: unknown) => {
      throw error instanceof UsageError
        ? error
        : new UsageError(`${file} cannot be read: ${fsErrorMessage(error)}`);
    });
  }
  return texts;
}

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > most.bytes) throw new UsageError(`${file} is larger than 256 KB`);
  return readFile(file, 'utf8');
}

/** Names the file in whatever goes wrong with it. */
function about(folder: string, file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${join(folder, file)}: ${why}`);
  }
}

function yamlOf(text: string): unknown {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) throw new Error(fault.message.split('\n')[0]);
  return document.toJS({ maxAliasCount: 20 });
}

/** The scripts as plain JavaScript. */
function scripts(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([name]) => script.test(name))
      .map(([name, text]) => [name, name.endsWith('.ts') ? withoutTypes(text) : text]),
  );
}

type Strip = (code: string) => string;

/** Node strips types from 22.13 on; before, a check in TypeScript is to be compiled by its author. */
function withoutTypes(text: string): string {
  const strip = (nodeModule as { readonly stripTypeScriptTypes?: Strip }).stripTypeScriptTypes;
  if (strip === undefined)
    throw new Error(`this Node (${process.version}) runs no TypeScript; compile it to JavaScript`);
  return strip(text);
}

function casesOf(
  files: Readonly<Record<string, string>>,
  file: string,
  check: AnyCheck,
  limits: FenceLimits,
): Cases {
  const fence = fenced(files, file, limits);
  try {
    const said: { id: unknown; rows: Cases['rows'] } = JSON.parse(fence.call('rows'));
    if (said.id !== check.id) throw new Error(`${file} holds the cases of another check`);
    return { check, rows: said.rows };
  } finally {
    fence.end();
  }
}
