import type { ErrorObject } from 'ajv';
import type { Path, Problem, SourceDocument } from './document.ts';
import { didYouMean, nearest } from './suggest.ts';

/**
 * In: what ajv says of a value (with `allErrors` and `verbose`), the document it came from and where
 * in the document it stood. Out: the same as sentences with positions, each once, in file order.
 */
export function problemsOf(
  errors: readonly ErrorObject[],
  document: SourceDocument,
  base: Path = [],
): Problem[] {
  const chosen = worthTelling(errors).filter(({ keyword }) => keyword !== 'if');
  const listed = new Set(
    chosen.flatMap(({ keyword, instancePath }) => (keyword === 'enum' ? [instancePath] : [])),
  );
  // The list of words says more than their type.
  const told = chosen.filter(
    ({ keyword, instancePath }) => keyword !== 'type' || !listed.has(instancePath),
  );
  const problems = told.map((found) => {
    const path = [...base, ...steps(found.instancePath)];
    const error = { ...found, data: asWritten(found.data, path, document) };
    const unknownKey = unknownKeyOf(error);
    const place =
      unknownKey === undefined
        ? document.place(path, 'value')
        : document.place([...path, unknownKey], 'key');
    const where = path.length === 0 ? '' : `${dotted(path)}: `;
    return { ...place, message: `${where}${sentence(error)}` };
  });
  const distinct = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...distinct.values()];
}

/** The text as written in the file, so that the value of a variable is never printed. */
function asWritten(data: unknown, path: Path, { value }: SourceDocument): unknown {
  let written: unknown = value;
  for (const step of path) {
    if (typeof written !== 'object' || written === null) return data;
    written = Object.hasOwn(written, step) ? Reflect.get(written, step) : undefined;
  }
  return typeof data === 'string' && typeof written === 'string' ? written : data;
}

/**
 * With `anyOf`, ajv reports the errors of every form. Keeps those of forms with the right type, else one error.
 * Linear in the number of errors: a file may have ten thousand of them.
 */
function worthTelling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const isChoice = ({ keyword }: ErrorObject) => keyword === 'anyOf' || keyword === 'oneOf';
  const schemas = new Set(errors.filter(isChoice).map(({ schemaPath }) => schemaPath));
  // Inner choices first: what is left of them is what the outer ones choose among.
  const deepestFirst = [...schemas].sort((a, b) => b.length - a.length);
  return deepestFirst.reduce((rest, schema) => chosen(rest, schema), errors);
}

/** The errors, with those of each choice of this schema reduced to what is worth telling. */
function chosen(errors: readonly ErrorObject[], schema: string): readonly ErrorObject[] {
  const instances = new Map<string, { branches: ErrorObject[]; wrong: Set<string> }>();
  for (const { schemaPath, instancePath } of errors) {
    if (schemaPath === schema) instances.set(instancePath, { branches: [], wrong: new Set() });
  }
  const branch = ({ schemaPath }: ErrorObject) =>
    schemaPath.slice(schema.length + 1).split('/')[0] ?? '';
  const rest: ErrorObject[] = [];
  for (const error of errors) {
    const at = error.schemaPath.startsWith(`${schema}/`) ? instanceOf(error, instances) : undefined;
    const choice = at === undefined ? undefined : instances.get(at);
    if (choice === undefined) rest.push(error);
    else choice.branches.push(error);
    if (error.instancePath === at && isWrongType(error)) choice?.wrong.add(branch(error));
  }
  const fitting = [...instances].map(([at, { branches, wrong }]) => ({
    at,
    errors: branches.filter((error) => !wrong.has(branch(error))),
  }));
  const settled = new Set(fitting.flatMap(({ at, errors: own }) => (own.length > 0 ? [at] : [])));
  return [
    ...rest.filter((error) => error.schemaPath !== schema || !settled.has(error.instancePath)),
    ...fitting.flatMap(({ errors: own }) => own),
  ];
}

/** The choice that an error belongs to: the nearest one at or above the place of the error. */
function instanceOf(
  { instancePath }: ErrorObject,
  instances: ReadonlyMap<string, unknown>,
): string | undefined {
  for (let path = instancePath; ; path = path.slice(0, path.lastIndexOf('/'))) {
    if (instances.has(path)) return path;
    if (path === '') return undefined;
  }
}

function isWrongType({ keyword }: ErrorObject): boolean {
  return keyword === 'type' || keyword === 'const' || keyword === 'enum';
}

function sentence(error: ErrorObject): string {
  const { keyword, params, data, schema } = error;
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownKey(error);
    case 'required':
      return `the key "${params['missingProperty']}" is missing`;
    case 'type':
      return `expected ${expected(error)}, found ${shown(data)}${quotes(error)}${example(error)}`;
    case 'const':
      return `expected ${shown(schema)}, found ${shown(data)}`;
    case 'enum':
      return `expected ${oneOf(schema)}, found ${shown(data)}${meant(data, schema)}`;
    case 'minimum':
      return `must be at least ${schema}, is ${shown(data)}`;
    case 'maximum':
      return `must be at most ${schema}, is ${shown(data)}`;
    case 'minLength':
      return 'must not be empty';
    case 'pattern':
      return `${shown(data)} does not have the right form${example(error)}`;
    case 'anyOf':
    case 'oneOf':
      return `${shown(data)} has none of the forms allowed here${example(error)}`;
    default:
      return `${error.message ?? 'is not valid'}, found ${shown(data)}`;
  }
}

function unknownKeyOf({ params }: ErrorObject): string | undefined {
  return params['additionalProperty'] ?? params['unevaluatedProperty'];
}

const noCode =
  'a configuration file loads no code; name it with --checks-dir, --plugin or REGAUDIT_CHECKS_DIR, and folders of checks in YAML with the key checksDir';

function unknownKey(error: ErrorObject): string {
  const key = unknownKeyOf(error) ?? '';
  const known = Object.keys(error.parentSchema?.['properties'] ?? {});
  if (key === 'plugins' && known.includes('checksDir')) return noCode;
  const rest =
    nearest(key, known) === undefined && known.length > 0 && known.length <= 24
      ? `; known here: ${known.join(', ')}`
      : didYouMean(key, known);
  return `unknown key ${shown(key)}${rest}`;
}

function meant(data: unknown, words: unknown): string {
  if (typeof data !== 'string' || !Array.isArray(words)) return '';
  const sense = switches[data.toLowerCase()];
  if (sense !== undefined && words.includes(sense)) return `, did you mean "${sense}"?`;
  return didYouMean(
    data,
    words.filter((word) => typeof word === 'string'),
  );
}

/** Words of other tools for on and off: near in sense, not in letters. */
const switches: Readonly<Record<string, string>> = {
  no: 'off',
  false: 'off',
  disabled: 'off',
  none: 'off',
  yes: 'on',
  true: 'on',
  enabled: 'on',
};

function oneOf(words: unknown): string {
  return Array.isArray(words) ? `one of ${words.map(String).join(', ')}` : String(words);
}

/** An enum error says more than a type error. */
function expected({ schema, parentSchema }: ErrorObject): string {
  const words: unknown = parentSchema?.['enum'];
  return Array.isArray(words) ? oneOf(words) : typeNames(schema);
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  null: 'nothing',
};

function typeNames(schema: unknown): string {
  const types = Array.isArray(schema) ? schema : [schema];
  return types.map((type) => names[String(type)] ?? String(type)).join(' or ');
}

/** YAML parses an unquoted account id as a number. */
function quotes({ data, schema }: ErrorObject): string {
  return schema === 'string' && typeof data === 'number' ? '; write it in quotes' : '';
}

function example({ parentSchema }: ErrorObject): string {
  const examples: unknown = parentSchema?.['examples'];
  if (!Array.isArray(examples) || examples.length === 0) return '';
  return `; for example ${examples.map((one) => JSON.stringify(one)).join(' or ')}`;
}

const longestShown = 60;

/** A value as short JSON, for a sentence. */
function shown(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'keys and values';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > longestShown ? `${json.slice(0, longestShown)}…` : json;
}

function steps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `registries[0].target` */
function dotted(path: Path): string {
  return path
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
