import { Ajv } from 'ajv';
import type { Problem, SourceDocument } from './document.ts';
import { problemsOf } from './errors.ts';
import { entryOf, providerOf } from './schema.ts';
import { didYouMean } from './suggest.ts';

/** What an entry of a provider may say. */
export interface EntryRule {
  /** JSON Schema of its options. */
  readonly options: object;
  /** Prefixes of the variables it may name as credentials; else the provider's id in capitals. */
  readonly credentialVariables?: readonly string[];
}

/** By provider id. */
export type EntryRules = Readonly<Record<string, () => Promise<EntryRule>>>;

// A provider's schema is judged by its own tests.
const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, discriminator: true });

/** What is wrong with the list of registries; that it is a list at all is left to the schema. */
export async function entryProblems(
  entries: unknown,
  document: SourceDocument,
  providers: EntryRules,
): Promise<Problem[]> {
  if (!Array.isArray(entries)) return [];
  const problems: Problem[] = [];
  for (const [index, entry] of entries.entries()) {
    // What is no entry at all is left to the schema.
    if (typeof entry !== 'string' && (typeof entry !== 'object' || entry === null)) continue;
    const path = ['registries', String(index)];
    const { target, ...options } = entryOf(entry);
    if (typeof target !== 'string') continue;
    const id = providerOf(target);
    const load = Object.hasOwn(providers, id) ? providers[id] : undefined;
    if (load === undefined) {
      const message = `registries[${index}]: there is no provider "${id}"${didYouMean(id, Object.keys(providers))}`;
      problems.push({ ...document.place(path, 'value'), message });
      continue;
    }
    const rule = await load();
    problems.push(...problemsOf(optionErrors(rule.options, options), document, path));
    for (const key of foreignVariables(id, rule, options)) {
      const allowed = prefixesOf(id, rule).join(', ');
      const message = `registries[${index}].${key}: the name of a variable with credentials for ${id} begins with one of ${allowed}`;
      problems.push({ ...document.place([...path, key], 'value'), message });
    }
  }
  return problems;
}

function optionErrors(schema: object, options: Readonly<Record<string, unknown>>) {
  const check = ajv.compile(schema);
  return check(options) ? [] : (check.errors ?? []);
}

/** A secret of another purpose: the key of the pseudonyms of `--redact`. */
const redactKey = 'REGAUDIT_REDACT_KEY';

/**
 * The keys that name a variable of another purpose: a configuration must not choose which secret of the
 * environment a registry gets.
 */
function foreignVariables(
  id: string,
  rule: EntryRule,
  options: Readonly<Record<string, unknown>>,
): readonly string[] {
  const prefixes = prefixesOf(id, rule);
  return Object.entries(options).flatMap(([key, name]) =>
    /Env$/.test(key) &&
    typeof name === 'string' &&
    (name === redactKey || !prefixes.some((prefix) => name.startsWith(prefix)))
      ? [key]
      : [],
  );
}

function prefixesOf(id: string, { credentialVariables }: EntryRule): readonly string[] {
  return [...(credentialVariables ?? [variablePrefix(id)]), 'REGAUDIT_'];
}

/** What the variables of a provider begin with unless it says otherwise: `DOCKER_HUB_`. */
export function variablePrefix(id: string): string {
  return `${id.toUpperCase().replaceAll('-', '_')}_`;
}
