/** Policies as large and as tangled as their quota allows are answered, wide rather than never. */
import { describe, expect, test } from 'vitest';
import { accessGranted } from '../../src/aws-policy/access.ts';
import { parsePolicy } from '../../src/aws-policy/parse.ts';
import { allow, deny, type Json, OWN, PUSH, scene } from './support/policy.ts';

const many = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const id = (at: number) => String(100_000_000_000 + at);

const tangles: readonly (readonly [string, readonly Json[]])[] = [
  [
    'many Deny statements with two ways out each',
    [
      allow(),
      ...many(60, (at) =>
        deny({
          Condition: {
            StringNotEquals: { 'aws:SourceVpce': [`vpce-${at}`], 'aws:PrincipalTag/x': `${at}` },
          },
        }),
      ),
    ],
  ],
  [
    'many accounts and many Deny statements',
    [
      allow({ Principal: { AWS: many(300, id) } }),
      ...many(60, (at) =>
        deny({
          Principal: { AWS: [id(at)] },
          Condition: {
            StringNotEquals: { 'aws:PrincipalOrgID': `o-${at}`, 'aws:SourceVpc': 'vpc-1' },
          },
        }),
      ),
    ],
  ],
  [
    'many overlapping ARN patterns',
    [
      allow(),
      ...many(4, (at) =>
        deny({
          Condition: {
            StringNotLike: {
              'aws:PrincipalArn': many(
                60,
                (n) => `arn:aws:iam::${OWN}:role/${'*a'.repeat(at + 1)}${n}*`,
              ),
            },
          },
        }),
      ),
    ],
  ],
  [
    'many address ranges',
    [
      allow(),
      ...many(6, (at) =>
        deny({
          Condition: { NotIpAddress: { 'aws:SourceIp': many(90, (n) => `1.${at}.${n}.0/24`) } },
        }),
      ),
    ],
  ],
  [
    'one long pattern against another',
    [
      allow({
        Condition: {
          StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/${'a*'.repeat(900)}b` },
        },
      }),
      deny({
        Condition: {
          StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*${'a'.repeat(1_900)}` },
        },
      }),
    ],
  ],
  [
    'many Allow and many Deny statements',
    [
      ...many(50, (at) => allow({ Principal: { AWS: id(at) } })),
      ...many(50, (at) =>
        deny({
          Condition: { StringNotEquals: { 'aws:SourceVpc': `vpc-${at % 3}`, [`x:${at}`]: 'y' } },
        }),
      ),
    ],
  ],
];

describe('hostile policies', () => {
  test.each(tangles)('%s', (_title, statements) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    const started = performance.now();
    const { grantees } = accessGranted(scene(parsePolicy(text)), PUSH);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(grantees.length).toBeLessThan(20_000);
  });
});
