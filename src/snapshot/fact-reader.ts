import type { ValidateFunction } from 'ajv';
import { LineError } from '../files/lines.ts';
import { checked, compiled, shown } from '../files/schema-check.ts';
import type { AnyFact } from '../model/fact.ts';
import type { TSchema } from '../model/shape.ts';
import { factOf, factSchemas } from './schema.ts';
import { mostShared, type SubjectWord } from './shared-facts.ts';

/** Which fact of which adapter. */
export interface FactPlace {
  readonly provider: string;
  readonly subject: SubjectWord;
  readonly name: string;
}

/** The fact as far as it is believed: the same, or a stricter one. */
export type Believe = (fact: AnyFact, place: FactPlace) => AnyFact;

/** Restores the facts of snapshot lines. */
export interface FactReader {
  /** Registers a shared fact. */
  readonly share: (line: Readonly<Record<string, unknown>>) => void;
  /** The facts of one subject, with shared facts resolved. */
  readonly of: (
    subject: SubjectWord,
    facts: unknown,
    owner: { readonly name: string; readonly provider: string },
  ) => Record<string, AnyFact>;
}

interface NamedFact {
  readonly name: string;
  readonly check: ValidateFunction;
  readonly shared: Map<number, AnyFact>;
}

/** Compiled once for all files: compiling takes longer than reading a small file. */
const validators = new WeakMap<TSchema, ValidateFunction>();

function validatorOf(schema: TSchema): ValidateFunction {
  const validator = validators.get(schema) ?? compiled(factOf(schema));
  validators.set(schema, validator);
  return validator;
}

/** Creates a reader that validates every fact; a shared fact is validated where it is defined. */
export function factReader(believe: Believe): FactReader {
  const named = {
    registry: new Map<string, NamedFact>(),
    repository: new Map<string, NamedFact>(),
  };
  let next = 0;
  const of = (subject: SubjectWord, name: string): NamedFact => {
    const known = named[subject].get(name);
    if (known !== undefined) return known;
    const schemas: Readonly<Record<string, TSchema>> = factSchemas[subject];
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (schema === undefined)
      throw new LineError(`there is no fact ${shown(name)} of a ${subject}`);
    const entry = { name, check: validatorOf(schema), shared: new Map() };
    named[subject].set(name, entry);
    return entry;
  };
  return {
    share(line) {
      const subject = line['subject'];
      if (subject !== 'registry' && subject !== 'repository') {
        throw new LineError(`a fact of ${shown(subject)} cannot be shared`);
      }
      const entry = of(subject, String(line['name']));
      if (entry.shared.size >= mostShared) {
        throw new LineError(`more than ${mostShared} shared facts are called ${entry.name}`);
      }
      entry.shared.set(next, checked(entry.check, line['fact'], `the fact ${entry.name}`));
      next += 1;
    },
    of(subject, facts, { name: owner, provider }) {
      if (typeof facts !== 'object' || facts === null) throw new LineError('facts are missing');
      const read: Record<string, AnyFact> = {};
      for (const [name, given] of Object.entries(facts)) {
        const entry = of(subject, name);
        const fact =
          typeof given === 'number'
            ? entry.shared.get(given)
            : checked<AnyFact>(entry.check, given, `the fact ${name} of ${shown(owner)}`);
        if (fact === undefined) {
          throw new LineError(`no shared fact ${name} has the number ${given}`);
        }
        read[name] = believe(fact, { provider, subject, name });
      }
      return read;
    },
  };
}
