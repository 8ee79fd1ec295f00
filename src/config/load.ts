import { Ajv } from 'ajv';
import { UsageError } from '../model/usage-error.ts';
import { type Problem, readDocument, type SourceDocument } from './document.ts';
import { problemsOf } from './errors.ts';
import { readText } from './read-text.ts';
import { type Config, configSchema, entryOf, providerOf } from './schema.ts';
import { didYouMean } from './suggest.ts';

/** What a configuration can name; handed in, because this room knows neither checks nor providers. */
export interface Catalogue {
  readonly checks: readonly string[];
  /** By provider id, the schema of the options that its entries may have. */
  readonly providers: Readonly<Record<string, () => Promise<{ readonly options: object }>>>;
}

// `strict` judges schemas, not configurations, and a provider's schema is judged by its own tests.
const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, discriminator: true });
const validate = ajv.compile<Config>(configSchema);

/**
 * Reads and checks a configuration file. Throws a `UsageError` that lists everything wrong with it,
 * each with line and column.
 */
export async function loadConfig(file: string, catalogue: Catalogue): Promise<Config> {
  const document = readDocument(await readText(file));
  if (document.value === undefined) throw refusal(file, document.problems);
  const value: unknown = document.value ?? {};
  const sound = validate(value);
  const problems = [
    ...document.problems,
    ...problemsOf(validate.errors ?? [], document),
    ...unknownChecks(value, document, catalogue),
    ...(await entryProblems(value, document, catalogue)),
  ];
  if (sound && problems.length === 0) return value;
  throw refusal(file, problems);
}

function optionErrors(schema: object, options: Readonly<Record<string, unknown>>) {
  const check = ajv.compile(schema);
  return check(options) ? [] : (check.errors ?? []);
}

function unknownChecks(value: unknown, document: SourceDocument, { checks }: Catalogue): Problem[] {
  const named = Object.keys(keysOf(keysOf(value)['checks']));
  return named
    .filter((id) => !checks.includes(id))
    .map((id) => ({
      ...document.place(['checks', id], 'key'),
      message: `checks: there is no check "${id}"${didYouMean(id, checks)}`,
    }));
}

async function entryProblems(
  value: unknown,
  document: SourceDocument,
  { providers }: Catalogue,
): Promise<Problem[]> {
  const entries: unknown = keysOf(value)['registries'];
  if (!Array.isArray(entries)) return [];
  const problems: Problem[] = [];
  for (const [index, entry] of entries.entries()) {
    const path = ['registries', String(index)];
    const { target, ...options } = entryOf(entry);
    if (typeof target !== 'string') continue;
    const id = providerOf(target);
    const load = Object.hasOwn(providers, id) ? providers[id] : undefined;
    if (load === undefined) {
      const message = `registries[${index}]: there is no provider "${id}"${didYouMean(id, Object.keys(providers))}`;
      problems.push({ ...document.place(path, 'value'), message });
    } else {
      const { options: schema } = await load();
      problems.push(...problemsOf(optionErrors(schema, options), document, path));
    }
  }
  return problems;
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
