import { type Frozen, record, type Static, Type } from './shape.ts';

/** Of a reason, an owner and a ticket, in characters. */
export const longestAnswer = 1000;

const scopeFields = {
  registry: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The registry, as reports name it. Wildcards with *. Without it: every registry.',
      examples: ['ecr://123456789012/eu-west-1'],
    }),
  ),
  repository: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The repository. Wildcards with *. Without it: the registry itself and every repository of it.',
      examples: ['team/legacy-*'],
    }),
  ),
};

/** A part of what is audited. */
const scope = record(scopeFields);
export type Scope = Frozen<Static<typeof scope>>;

/** The keys that name a scope, for the schemas of whatever has one. */
export { scopeFields };

/** Somebody answers for something until a day: a waiver, or an unknown that is accepted. */
export const exception = record({
  check: Type.String({
    minLength: 1,
    description: 'The check, by id. Wildcards with *.',
    examples: ['tags-immutable'],
  }),
  ...scopeFields,
  reason: Type.String({
    pattern: '\\S',
    maxLength: longestAnswer,
    description: 'Why it may be so.',
    examples: ['Moves to immutable tags with the new pipeline'],
  }),
  owner: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: longestAnswer,
      description: 'Who answers for it.',
      examples: ['platform-team'],
    }),
  ),
  expires: Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    description: 'The last day on which it holds (UTC), at most a year ahead.',
    examples: ['2027-01-31'],
  }),
  ticket: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: longestAnswer,
      description: 'Where it is followed up.',
      examples: ['SEC-123'],
    }),
  ),
});
export type Exception = Frozen<Static<typeof exception>>;

/** An exception and where it stands. */
export interface PlacedException extends Exception {
  readonly file: string;
  readonly line: number;
}
