import { describe, expect, test } from 'vitest';
import { condition, type Truth } from '../../src/providers/acr/facts/condition.ts';

const write = 'Microsoft.Authorization/roleAssignments/write';
const roleId = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId'.toLowerCase();
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** As built-in roles and the portal write it. */
const readersOnly = `((!(ActionMatches{'${write}'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals{${reader}, 4633458b17de408ab874 0445c86b69e6})) AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals{${reader}}))`;

const giving = (text: string, role: string): Truth =>
  condition(text)({ action: write, attributes: { [roleId]: role } });

describe('which roles may be given', () => {
  test.each([
    [reader, true],
    [reader.replaceAll('-', '').toUpperCase(), true],
    [owner, false],
  ])('where a list names them, %s: %s', (role, may) => {
    expect(giving(readersOnly, role)).toBe(may);
  });

  test.each([
    [reader, false],
    [owner, false],
    ['b24988ac-6180-42a0-ab88-20f7382dd24c', true],
  ])('where a list excludes some, %s: %s', (role, may) => {
    const text = `(!(ActionMatches{'${write}'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals{${owner}, ${reader}})`;
    expect(giving(text, role)).toBe(may);
  });

  test('what a condition does not name it does not limit', () => {
    const asked = { action: 'Microsoft.ContainerRegistry/registries/write', attributes: {} };
    expect(condition(readersOnly)(asked)).toBe(true);
  });

  test.each([
    [`@Resource[HasObotoken] boolequals true && (1 == 1)`, null],
    [
      `@Resource[HasObotoken] boolequals true && (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${reader}})`,
      false,
    ],
    [
      `@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'`,
      null,
    ],
  ])('%s, for an owner: %s', (text, truth) => {
    if (text.includes('==')) expect(() => condition(text)).toThrow(/not recognised/);
    else expect(giving(text, owner)).toBe(truth);
  });
});

describe('which repositories may be written', () => {
  const action = 'Microsoft.ContainerRegistry/registries/repositories/content/write';
  const name = 'microsoft.containerregistry/registries/repositories:name';
  const limit = (operator: string, value: string) => `
( (
  !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})
  AND
  !(ActionMatches{'${action}'})
 )
 OR
 (
  @Request[Microsoft.ContainerRegistry/registries/repositories:name] ${operator} '${value}'
 )
)`;

  test.each([
    ['StringEquals', 'app', 'app', true],
    ['StringEquals', 'App', 'app', false],
    ['StringEqualsIgnoreCase', 'App', 'app', true],
    ['StringEquals', 'app', 'apple', false],
    ['StringStartsWith', 'team/', 'team/app', true],
    ['StringStartsWithIgnoreCase', 'TEAM/', 'team/app', true],
    ['StringStartsWith', 'team/', 'teams', false],
    ['StringLike', 'team/*', 'team/app', null],
  ])('%s %s, repository %s: %s', (operator, value, repository, may) => {
    const decide = condition(limit(operator, value));
    expect(decide({ action, attributes: { [name]: repository } })).toBe(may);
    expect(decide({ action: `${action}x`, attributes: { [name]: repository } })).toBe(true);
  });

  test('an action that the condition does not name is not limited by it', () => {
    const decide = condition(limit('StringEquals', 'app'));
    const deleting = 'Microsoft.ContainerRegistry/registries/repositories/content/delete';
    expect(decide({ action: deleting, attributes: { [name]: 'other' } })).toBe(true);
  });
});

test.each(['', '(', "!(ActionMatches{'a'}", 'a b c d', `${'('.repeat(30_000)}`, "x 'unclosed"])(
  'what is no condition is refused (%#)',
  (text) => {
    expect(() => condition(text)).toThrow();
  },
);
