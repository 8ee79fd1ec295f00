import { type Frozen, record, type Static, Type } from './shape.ts';

/** Maximum length of a reason, an owner and a ticket, in characters. */
export const longestAnswer = 1000;

const scopeFields = {
  registry: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The registry, as in reports. Wildcards with *. Default: every registry.',
      examples: ['ecr://123456789012/eu-west-1'],
    }),
  ),
  repository: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The repository. Wildcards with *. Default: the registry itself and all its repositories.',
      examples: ['team/legacy-*'],
    }),
  ),
};

/** A subset of the audited subjects. */
const scope = record(scopeFields);
export type Scope = Frozen<Static<typeof scope>>;

/** The keys of a scope, for schemas that contain one. */
export { scopeFields };

/** An entry of `owners`. */
export const owned = record({
  ...scopeFields,
  owner: Type.String({
    minLength: 1,
    maxLength: longestAnswer,
    description: 'A team or person.',
    examples: ['platform-team'],
  }),
});
export type Owned = Frozen<Static<typeof owned>>;

/** A waiver or an accepted unknown: it has an owner and an expiry date. */
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
    description: 'The reason for the exception.',
    examples: ['Moves to immutable tags with the new pipeline'],
  }),
  owner: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: longestAnswer,
      description: 'The owner of the exception.',
      examples: ['platform-team'],
    }),
  ),
  expires: Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    description: 'The last day on which it applies (UTC), at most a year ahead.',
    examples: ['2027-01-31'],
  }),
  ticket: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: longestAnswer,
      description: 'The ticket that tracks it.',
      examples: ['SEC-123'],
    }),
  ),
});
export type Exception = Frozen<Static<typeof exception>>;

/** An exception with its position in a file. */
export interface PlacedException extends Exception {
  readonly file: string;
  readonly line: number;
}
