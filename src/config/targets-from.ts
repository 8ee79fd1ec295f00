import { resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';
import type { Config } from './config.ts';
import type { Problem, SourceDocument } from './document.ts';
import { type EntryRules, entryProblems } from './entry-problems.ts';
import { refuseIrregular, refuseOutside } from './found.ts';
import { readText } from './read-text.ts';
import { type RegistryEntry, targetPattern } from './schema.ts';

interface Line {
  readonly line: number;
  readonly entry: RegistryEntry;
}

interface Reading {
  readonly cwd: string;
  /** Called with each file before it is read. */
  readonly onRead?: (file: string) => void;
}

/**
 * The configuration with the registries of `targetsFrom` after its own. `tree`: the folder that a configuration which
 * nobody named may read from; null: any. Throws `UsageError` for a file that cannot be read, or is wrong.
 */
export async function withTargets(
  { targetsFrom = [], ...config }: Config,
  providers: EntryRules,
  { cwd, onRead }: Reading,
  tree: string | null,
): Promise<Config> {
  const registries = [...(config.registries ?? [])];
  for (const [index, path] of targetsFrom.entries()) {
    const at = `targetsFrom[${index}]`;
    if (tree !== null) await refuseOutside(tree, resolve(cwd, path), at);
    else await refuseIrregular(resolve(cwd, path), path, at);
    onRead?.(path);
    registries.push(...(await targetsIn(path, await readText(path, cwd), providers)));
  }
  return targetsFrom.length === 0 ? config : { ...config, registries };
}

/**
 * In: a text with one target a line, options of its provider after it as `key=value`, `#` before a comment. Out: the
 * entries. Throws a `UsageError` that lists everything wrong with it, by file and line.
 */
async function targetsIn(
  file: string,
  text: string,
  providers: EntryRules,
): Promise<readonly RegistryEntry[]> {
  const problems: Problem[] = [];
  const lines = text.split(/\r?\n/).flatMap((written, index): Line[] => {
    const line = index + 1;
    const [target, ...options] = written.replace(/(^|\s)#.*$/, '').match(/\S+/g) ?? [];
    if (target === undefined) return [];
    const wrong = (message: string) => problems.push({ line, column: 1, message });
    if (!new RegExp(targetPattern).test(target)) wrong(`"${target.slice(0, 200)}" is no target`);
    const pairs = options.flatMap((option) => {
      const [, key, value] = /^([A-Za-z][A-Za-z0-9]*)=(.+)$/.exec(option) ?? [];
      if (key !== undefined && value !== undefined && key !== 'target') return [[key, value]];
      wrong(`"${option.slice(0, 200)}" is no option: write key=value`);
      return [];
    });
    const keys = pairs.map(([key]) => key);
    const twice = keys.find((key, place) => keys.indexOf(key) < place);
    if (twice !== undefined) wrong(`${twice} is given twice`);
    const own = pairs.map(([key, value = '']) => [key, scalarOf(value)] as const);
    return [{ line, entry: { ...Object.fromEntries(own), target } }];
  });
  const entries = lines.map(({ entry }) => entry);
  problems.push(...(await entryProblems(entries, asDocument(entries, lines), providers)));
  if (problems.length > 0) throw refusal(file, problems);
  return entries;
}

/** The list as a document of which every value stands at the beginning of its line. */
function asDocument(value: unknown, lines: readonly Line[]): SourceDocument {
  return {
    value,
    problems: [],
    place: ([, index]) => ({ line: lines[Number(index)]?.line ?? 1, column: 1 }),
  };
}

function scalarOf(text: string): string | boolean | number {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : text;
}

function refusal(file: string, problems: readonly Problem[]): UsageError {
  const told = problems
    .toSorted((a, b) => a.line - b.line)
    .map(
      ({ line, message }) => `${file}:${line}: ${message.replace(/^registries\[\d+\][.:]? ?/, '')}`,
    );
  return new UsageError(told.join('\n'));
}
