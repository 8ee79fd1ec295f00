import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { type Day, dayOf } from '../model/day.ts';
import type { PlacedException } from '../model/exception.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Config } from './config.ts';
import { type Problem, readDocument, type SourceDocument } from './document.ts';
import { type EntryRules, entryProblems } from './entry-problems.ts';
import { problemsOf } from './errors.ts';
import {
  exceptionLists,
  exceptionProblems,
  ownerProblems,
  placed,
  repeated,
} from './exception-problems.ts';
import { refuseIrregular, refuseOutside, treeOf } from './found.ts';
import { merged } from './merge.ts';
import { readText } from './read-text.ts';
import { type ConfigFile, configSchema, entryOf, isCustom } from './schema.ts';
import { didYouMean } from './suggest.ts';
import { withTargets } from './targets-from.ts';
import { type DeclaredList, trustIn } from './trust.ts';
import { type Environment, substituted } from './variables.ts';

/** What a configuration can name. Passed in, because this room imports neither checks nor providers. */
export interface Catalogue {
  readonly checks: readonly string[];
  readonly providers: EntryRules;
  /** Formats of reports. */
  readonly formats: readonly string[];
}

/** Inputs of a configuration besides its files. */
export interface Surroundings {
  readonly environment: Environment;
  /** The base of "at most a year ahead". */
  readonly now: Date;
  /** The base of relative paths. */
  readonly cwd: string;
  /** Called with each file before it is read. */
  readonly onRead?: (file: string) => void;
  /** Until when a pipe is waited for. */
  readonly reading?: AbortSignal | undefined;
  /** Whether nobody named the configuration: it was found in a folder. */
  readonly found?: boolean;
}

// `strict` judges schemas, not configurations, and a provider's schema is judged by its own tests.
const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, discriminator: true });
const validate = ajv.compile<ConfigFile>(configSchema);

const mostFiles = 10;

/**
 * Reads and checks a configuration file and those it extends. Throws a `UsageError` that lists
 * everything wrong with a file, each with line and column.
 */
export async function loadConfig(
  file: string,
  catalogue: Catalogue,
  surroundings: Surroundings,
): Promise<Config> {
  const { cwd, reading, found = false } = surroundings;
  const tree = found ? await treeOf(resolve(cwd, file)) : null;
  surroundings.onRead?.(file);
  let { config, parent, declared } = await loadFile(
    file,
    await readText(file, cwd, reading),
    catalogue,
    surroundings,
  );
  const seen = [await realpath(resolve(cwd, file))];
  while (parent !== null) {
    const { path, at } = parent;
    if (tree !== null) await refuseOutside(tree, resolve(cwd, path), at);
    surroundings.onRead?.(path);
    await refuseIrregular(resolve(cwd, path), path, at);
    const text = await readText(path, cwd).catch((error: unknown) => {
      throw error instanceof UsageError ? new UsageError(`${at}: ${error.message}`) : error;
    });
    const real = await realpath(resolve(cwd, path));
    if (seen.includes(real)) throw new UsageError(`${at}: ${path} extends itself in a circle`);
    if (seen.push(real) > mostFiles) {
      throw new UsageError(`${at}: more than ${mostFiles} files extend each other`);
    }
    const base = await loadFile(path, text, catalogue, surroundings);
    config = merged(base.config, config);
    const own = new Set(declared.map(({ list }) => list));
    declared = [...declared, ...base.declared.filter(({ list }) => !own.has(list))];
    parent = base.parent;
  }
  for (const list of exceptionLists) refuseRepeated(config[list] ?? []);
  config = await withTargets(config, catalogue.providers, surroundings, tree);
  if (tree !== null) {
    for (const { path, at } of filesOf(config))
      await refuseOutside(tree, resolve(cwd, path), `${file}: ${at}`);
  }
  if (declared.length === 0) return config;
  const trust = await trustIn(declared, {
    trustedRoot: config.expect?.trustedRoot,
    now: surroundings.now,
    cwd,
    async beforeRead(path, at) {
      surroundings.onRead?.(path);
      if (tree !== null) await refuseOutside(tree, resolve(cwd, path), at);
      else await refuseIrregular(resolve(cwd, path), path, at);
    },
  });
  return { ...config, trust };
}

/** Every file and folder that a configuration reads, and the key that names it. */
function filesOf({ caFile, checksDir = [], registries = [] }: Config) {
  const ofEntries = registries.flatMap((entry, index) =>
    Object.entries(entryOf(entry)).flatMap(([key, path]) =>
      key.endsWith('File') && typeof path === 'string'
        ? [{ path, at: `registries[${index}].${key}` }]
        : [],
    ),
  );
  const folders = checksDir.map((path, index) => ({ path, at: `checksDir[${index}]` }));
  return [
    ...ofEntries,
    ...folders,
    ...(caFile === undefined ? [] : [{ path: caFile, at: 'caFile' }]),
  ];
}

interface Loaded {
  readonly config: Config;
  /** The extended file and the position of `extends`, or null. */
  readonly parent: { readonly path: string; readonly at: string } | null;
  /** The lists of signers of this file. */
  readonly declared: readonly DeclaredList[];
}

async function loadFile(
  file: string,
  text: string,
  catalogue: Catalogue,
  { environment, now }: Surroundings,
): Promise<Loaded> {
  const document = readDocument(text);
  if (!isConfiguration(text, document.value)) throw foreign(file, document);
  if (document.value === undefined) throw refusal(file, document.problems);
  const { value, problems: unset } = substituted(document.value ?? {}, document, environment);
  const sound = validate(value);
  const problems = [
    ...document.problems,
    ...unset,
    ...problemsOf(validate.errors ?? [], document),
    ...unknownChecks(value, document, catalogue),
    ...(await entryProblems(keysOf(value)['registries'], document, catalogue.providers)),
    ...(sound ? furtherProblems(value, document, catalogue, dayOf(now)) : []),
  ];
  if (!sound || problems.length > 0) throw refusal(file, problems);
  const { extends: base, waivers, acceptUnknown, checksDir, targetsFrom, expect, ...rest } = value;
  const root = expect?.trustedRoot;
  const { line, column } = document.place(['extends'], 'value');
  return {
    config: {
      ...rest,
      ...(expect && {
        expect: {
          ...expect,
          ...(root !== undefined && { trustedRoot: fromFolderOf(file, root) }),
        },
      }),
      ...(checksDir && { checksDir: checksDir.map((folder) => fromFolderOf(file, folder)) }),
      ...(targetsFrom && { targetsFrom: targetsFrom.map((list) => fromFolderOf(file, list)) }),
      ...(waivers && { waivers: placed('waivers', waivers, document, file) }),
      ...(acceptUnknown && {
        acceptUnknown: placed('acceptUnknown', acceptUnknown, document, file),
      }),
    },
    parent:
      base === undefined
        ? null
        : { path: fromFolderOf(file, base), at: `${file}:${line}:${column}: extends` },
    declared: (['signers', 'builders'] as const).flatMap((list) => {
      const entries = expect?.[list];
      return entries === undefined ? [] : [{ list, entries, file, document }];
    }),
  };
}

/**
 * Whether messages may quote a file. One without any key of a configuration may be another file, named by
 * mistake or on purpose, and its lines may be secrets.
 */
function isConfiguration(text: string, value: unknown): boolean {
  if (value === null) return true;
  if (typeof value === 'object' && !Array.isArray(value))
    return Object.keys(value).every(isPlainKey);
  const known = Object.keys(configSchema.properties).join('|');
  return value === undefined && new RegExp(`^[ \\t]*"?(?:${known})"?[ \\t]*:`, 'm').test(text);
}

function isPlainKey(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(key);
}

/** The syntax errors of a file that is no configuration, without what they quote of it. */
function foreign(file: string, { value, problems }: SourceDocument): UsageError {
  const expected = 'expected the keys and values of a configuration';
  if (value !== undefined) return refusal(file, [{ line: 1, column: 1, message: expected }]);
  const quoting =
    /^(Unresolved alias|Unresolved tag|Could not resolve|Invalid escape sequence|Unexpected)\b.*/s;
  return refusal(
    file,
    problems.map((problem) => ({ ...problem, message: problem.message.replace(quoting, '$1') })),
  );
}

function fromFolderOf(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

/** Validates what the schema cannot. */
function furtherProblems(
  { extends: base, waivers = [], acceptUnknown = [], owners = [], reports = [] }: ConfigFile,
  document: SourceDocument,
  { checks, providers, formats }: Catalogue,
  today: Day,
): Problem[] {
  const problem = (path: string[], message: string): Problem => ({
    ...document.place(path, 'value'),
    message,
  });
  const known = { checks, providers: Object.keys(providers), today };
  const remote = base !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(base);
  return [
    ...(remote ? [problem(['extends'], 'extends: only a local file can be extended')] : []),
    ...exceptionProblems('waivers', waivers, document, known),
    ...exceptionProblems('acceptUnknown', acceptUnknown, document, known),
    ...ownerProblems(owners, document, known.providers),
    ...reports.flatMap(({ format, file }, index) => {
      const at = (key: string, message: string) =>
        problem(['reports', `${index}`, key], `reports[${index}].${key}: ${message}`);
      const steps = normalize(file).split(/[\\/]/);
      // On Windows `C:x` is a path of the drive's own folder.
      const outside = isAbsolute(file) || steps[0] === '..' || /^[a-z]:/i.test(file);
      const ofGit = steps.some(isFolderOfGit);
      const meant = `is none of ${formats.join(', ')}${didYouMean(format, formats)}`;
      return [
        ...(formats.includes(format) ? [] : [at('format', `"${format}" ${meant}`)]),
        ...(outside ? [at('file', 'must be below the folder that regaudit runs in')] : []),
        ...(ofGit ? [at('file', 'must not be in the folder of git')] : []),
      ];
    }),
  ];
}

/**
 * Whether file systems may take a name for `.git`: in any case, with dots, spaces or a stream behind it or by its
 * short name (Windows), and with invisible characters in it (macOS).
 */
function isFolderOfGit(name: string): boolean {
  const bare = name.replace(/\p{Cf}/gu, '').replace(/[. ]*(?::.*)?$/, '');
  return /^(?:\.git|git~\d+)$/i.test(bare);
}

function refuseRepeated(list: readonly PlacedException[]): void {
  const twice = repeated(list);
  if (twice === null) return;
  const { first, second } = twice;
  throw new UsageError(
    `${second.file}:${second.line}: the same check, registry and repository as in ${first.file}:${first.line}`,
    'keep one of the two exceptions',
  );
}

function unknownChecks(value: unknown, document: SourceDocument, { checks }: Catalogue): Problem[] {
  const named = Object.keys(keysOf(keysOf(value)['checks']));
  return named
    .filter((id) => !checks.includes(id) && !isCustom(id))
    .map((id) => ({
      ...document.place(['checks', id], 'key'),
      message: `checks: there is no check "${id}"${didYouMean(id, checks)}`,
    }));
}

function keysOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function refusal(file: string, problems: readonly Problem[]): UsageError {
  const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return new UsageError(
    ordered.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'),
  );
}
