import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/aws-policy/parse.ts';
import { newActions } from '../../src/providers/ecr/facts/abilities.ts';
import { actionsWith, ecrPermissions } from '../../src/providers/ecr/facts/permissions.ts';

const vendor = readFileSync(new URL('../specs/aws-ecr/permissions.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('ecr:'));

test('the table tells of every permission of the service what it is good for, and of no other', () => {
  expect(vendor.length).toBeGreaterThan(60);
  expect(Object.keys(ecrPermissions).sort()).toEqual([...vendor].sort());
});

test.each([
  ['push', ['ecr:PutImage', 'ecr:ReplicateImage']],
  ['pull', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']],
  [
    'delete',
    [
      'ecr:BatchDeleteImage',
      'ecr:DeleteRepository',
      'ecr:PutLifecyclePolicy',
      'ecr:UpdateImageStorageClass',
    ],
  ],
] as const)('%s: %j', (effect, actions) => {
  expect(actionsWith(effect)).toEqual(actions);
});

test('an action that is not in the table is new, unless a pattern also matches one that is', () => {
  const named = (...Action: string[]) =>
    newActions([
      parsePolicy(
        JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: '*', Action },
        }),
      ),
    ]);
  expect(named('ecr:TransmuteImage', 'ecr:Transmute*')).toEqual([
    'ecr:transmuteimage',
    'ecr:transmute*',
  ]);
  expect(named('ecr:*', '*', 'ecr:Put*', 'ECR:putimage', 's3:GetObject')).toEqual([]);
});
