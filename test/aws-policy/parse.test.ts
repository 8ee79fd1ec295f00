import { describe, expect, test } from 'vitest';
import { PolicyError } from '../../src/aws-policy/error.ts';
import { parsePolicy } from '../../src/aws-policy/parse.ts';
import { fc, tries } from '../support/search.ts';
import { anyStatements } from './support/world.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:*' };
const text = (Statement: unknown, more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement, ...more });
const changed = (more: object) => text({ ...statement, ...more });
const without = (key: string) =>
  text(Object.fromEntries(Object.entries(statement).filter(([name]) => name !== key)));

const refused: readonly (readonly [text: string, message: string])[] = [
  ['', 'the text is not JSON'],
  ['{bad', 'the text is not JSON'],
  ['null', 'the policy is not a JSON object'],
  ['[]', 'the policy is not a JSON object'],
  ['"*"', 'the policy is not a JSON object'],
  ['{}', 'there is no Statement'],
  [text([]), 'there is no Statement'],
  [
    text(statement, { Version: '2020-01-01' }),
    `Version is '"2020-01-01"', expected 2012-10-17 or 2008-10-17`,
  ],
  [text(statement, { version: '2012-10-17' }), "the policy: unknown key 'version'"],
  [text([statement, 'x']), 'Statement 2: not an object'],
  [
    text([statement, { ...statement, Effect: 'Permit' }]),
    `Statement 2: Effect is '"Permit"', expected Allow or Deny`,
  ],
  [without('Effect'), 'Statement 1: Effect is missing, expected Allow or Deny'],
  [without('Action'), 'Statement 1: neither Action nor NotAction'],
  [changed({ NotAction: '*' }), 'Statement 1: both Action and NotAction'],
  [changed({ Action: [] }), 'Statement 1: Action is an empty list'],
  [changed({ Action: 7 }), 'Statement 1: Action is not text'],
  [changed({ Action: ['ecr:*', ''] }), 'Statement 1: Action is empty'],
  [
    changed({ Action: 'PutImage' }),
    "Statement 1: Action 'PutImage' is neither service:action nor *",
  ],
  [changed({ Resource: [['*']] }), 'Statement 1: Resource is not text'],
  [changed({ Resource: '*', NotResource: '*' }), 'Statement 1: both Resource and NotResource'],
  [
    changed({ Resource: 'x'.repeat(2_049) }),
    'Statement 1: Resource holds a text longer than 2048 characters',
  ],
  [changed({ Sid: 1 }), 'Statement 1: Sid is not text'],
  [changed({ Principle: '*' }), "Statement 1: unknown key 'Principle'"],
  [changed({ NotPrincipal: '*' }), 'Statement 1: both Principal and NotPrincipal'],
  [changed({ Principal: 'everyone' }), 'Statement 1: Principal is neither "*" nor an object'],
  [changed({ Principal: ['*'] }), 'Statement 1: Principal is neither "*" nor an object'],
  [changed({ Principal: {} }), 'Statement 1: Principal names nobody'],
  [changed({ Principal: { AWS: [] } }), "Statement 1: Principal 'AWS' is an empty list"],
  [changed({ Principal: { AWS: 1 } }), "Statement 1: Principal 'AWS' is not text"],
  [changed({ Principal: { User: 'x' } }), "Statement 1: Principal: unknown kind 'User'"],
  [changed({ Principal: { AWS: '1234' } }), "Statement 1: Principal: '1234' is no principal"],
  [
    changed({ Principal: { AWS: 'arn:aws:iam::111111111111:role/*' } }),
    "Statement 1: Principal: 'arn:aws:iam::111111111111:role/*' is no principal",
  ],
  [
    changed({ Principal: { AWS: 'arn:aws:iam::*:root' } }),
    "Statement 1: Principal: 'arn:aws:iam::*:root' is no principal",
  ],
  [
    changed({ Principal: { AWS: 'arn:aws:iam::111111111111:group/x' } }),
    "Statement 1: Principal: 'arn:aws:iam::111111111111:group/x' is no principal",
  ],
  [changed({ Condition: [] }), 'Statement 1: Condition is not an object'],
  [changed({ Condition: { StringMatches: {} } }), "Statement 1: unknown operator 'StringMatches'"],
  [changed({ Condition: { constructor: {} } }), "Statement 1: unknown operator 'constructor'"],
  [
    changed({ Condition: { NullIfExists: { x: 'true' } } }),
    "Statement 1: unknown operator 'NullIfExists'",
  ],
  [
    changed({ Condition: { 'ForSomeValues:StringLike': {} } }),
    "Statement 1: unknown operator 'ForSomeValues:StringLike'",
  ],
  [changed({ Condition: { StringLike: 'x' } }), 'Statement 1: StringLike is not an object'],
  [
    changed({ Condition: { StringLike: { k: null } } }),
    "Statement 1: StringLike 'k' holds a value that is not text, number or boolean",
  ],
  [
    changed({ Condition: { StringLike: { k: [['x']] } } }),
    "Statement 1: StringLike 'k' holds a value that is not text, number or boolean",
  ],
  [
    changed({ Condition: { Null: { k: 'perhaps' } } }),
    "Statement 1: Null 'k' is 'perhaps', expected true or false",
  ],
  [
    changed({ Condition: { Bool: { k: '1' } } }),
    "Statement 1: Bool 'k' is '1', expected true or false",
  ],
  [
    changed({ Condition: { StringLike: { k: 'x', K: 'y' } } }),
    "Statement 1: StringLike: 'K' is written twice",
  ],
  [
    changed({ Condition: { StringLike: {}, stringlike: {} } }),
    "Statement 1: 'stringlike' is written twice",
  ],
  [`{"Statement":[],"Statement":[]}`, "the key 'Statement' is written twice"],
  [`{"Statement":{"Effect":"Deny","\\u0045ffect":"Allow"}}`, "the key 'Effect' is written twice"],
  [
    `{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","__proto__":{"Condition":{}}}}`,
    "Statement 1: unknown key '__proto__'",
  ],
  [
    `{"Statement":{"Effect":"Allow","Principal":{"__proto__":"*"},"Action":"*"}}`,
    "Statement 1: Principal: unknown kind '__proto__'",
  ],
  [`{"__proto__":{"Statement":[]}}`, "the policy: unknown key '__proto__'"],
  [changed({ '\u001b[31mred': 1 }), "Statement 1: unknown key '?[31mred'"],
  ['['.repeat(20) + ']'.repeat(20), 'nested deeper than 16'],
  [`"${'x'.repeat(70_000)}"`, 'the text is 70002 characters long, at most 65536'],
];

describe('reading a policy', () => {
  test.each(refused)('%j is refused', (written, message) => {
    expect(() => parsePolicy(written)).toThrow(new PolicyError(message));
  });

  test.each([
    ['a single statement', text(statement)],
    ['a list of them', text([statement, { ...statement, Sid: 'Two', Effect: 'Deny' }])],
    ['the old language', text(statement, { Version: '2008-10-17', Id: 'x' })],
    ['no version', JSON.stringify({ Statement: statement })],
    ['an empty Sid', changed({ Sid: '' })],
    [
      'numbers and booleans as values',
      changed({ Condition: { Bool: { k: true }, NumericEquals: { n: [1, '2'] } } }),
    ],
    ['an empty list of values', changed({ Condition: { StringEquals: { k: [] } } })],
    ['an empty condition', changed({ Condition: {} })],
    [
      'a key named like a part of an object',
      changed({ Condition: { StringLike: { constructor: 'x' } } }),
    ],
    ['identity statements', text({ Effect: 'Allow', NotAction: 'iam:*', NotResource: ['*'] })],
  ])('%s is understood', (_title, written) => {
    expect(parsePolicy(written).statements.length).toBeGreaterThan(0);
  });

  test('any text is read or refused with a PolicyError', () => {
    const mangled = fc
      .tuple(anyStatements, fc.nat(), fc.string({ maxLength: 3 }))
      .map(([statements, at, junk]) => {
        const whole = text(statements);
        const place = at % whole.length;
        return whole.slice(0, place) + junk + whole.slice(place + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mangled), (written) => {
        try {
          parsePolicy(written);
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyError);
        }
      }),
      tries(1_000),
    );
  });
});
