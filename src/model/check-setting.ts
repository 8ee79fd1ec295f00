import { scopeFields } from './exception.ts';
import { severities } from './finding.ts';
import { type Frozen, record, type Static, Type } from './shape.ts';

/** The words that set a check. A severity also switches it on. */
export const checkWords = ['on', 'off', ...severities] as const;
export type CheckWord = (typeof checkWords)[number];

const set = Type.Unsafe<CheckWord>({
  type: 'string',
  enum: [...checkWords],
  description: 'on, off, or on with this severity. Default: as in the profile.',
  examples: ['high'],
});

const rule = record({ ...scopeFields, set });
const rules = record({
  set: Type.Optional(set),
  where: Type.Optional(
    Type.Array(rule, {
      description: 'Rules by registry and repository; the last matching rule applies.',
      examples: [[{ repository: 'sandbox/*', set: 'off' }]],
    }),
  ),
});
export type CheckRules = Frozen<Static<typeof rules>>;

/** The setting of a check: one word, or a word with rules by place. */
export const checkSetting = Type.Unsafe<CheckWord | CheckRules>({
  type: ['string', 'object'],
  description: 'on, off, a severity, or an object with one of these and rules by place.',
  examples: ['off', 'low', { set: 'high', where: [{ repository: 'sandbox/*', set: 'off' }] }],
  // Not `anyOf`: this way a mistyped word gets a suggestion, and editors complete both forms.
  if: { type: 'string' },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { enum: [...checkWords] },
  properties: rules.properties,
  additionalProperties: false,
});
