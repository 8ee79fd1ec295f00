import { scopeFields } from './exception.ts';
import { severities } from './finding.ts';
import { type Frozen, record, type Static, Type } from './shape.ts';

/** What can be said of a check in one word. A severity also switches it on. */
export const checkWords = ['on', 'off', ...severities] as const;
export type CheckWord = (typeof checkWords)[number];

const set = Type.Unsafe<CheckWord>({
  type: 'string',
  enum: [...checkWords],
  description: 'on, off, or on with this severity. Without it: as the profile has it.',
  examples: ['high'],
});

const rule = record({ ...scopeFields, set });
const rules = record({
  set: Type.Optional(set),
  where: Type.Optional(
    Type.Array(rule, {
      description: 'Exceptions by registry and repository; of several that fit, the last holds.',
      examples: [[{ repository: 'sandbox/*', set: 'off' }]],
    }),
  ),
});
export type CheckRules = Frozen<Static<typeof rules>>;

/** How a check is set: one word, or a word with exceptions. */
export const checkSetting = Type.Unsafe<CheckWord | CheckRules>({
  type: ['string', 'object'],
  description: 'on, off, a severity, or an object of one of these and exceptions to it.',
  examples: ['off', 'low', { set: 'high', where: [{ repository: 'sandbox/*', set: 'off' }] }],
  // Not `anyOf`: so a mistyped word is compared with the words, and editors complete both forms.
  if: { type: 'string' },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { enum: [...checkWords] },
  properties: rules.properties,
  additionalProperties: false,
});
