import { expect, test } from 'vitest';
import {
  dataActions,
  legacyAlone,
  permissions,
  service,
} from '../../src/providers/acr/facts/permissions.ts';
import { readDescription } from '../specs/read.ts';

const names = readDescription('azure-containerregistry/permissions.txt').trim().split('\n');
const lower = (list: readonly string[]) => list.map((name) => name.toLowerCase()).sort();

test('every permission of the service is in the table, and no other', () => {
  expect(lower(Object.keys(permissions).map((name) => `${service}${name}`))).toEqual(lower(names));
});

test('what is said of a permission besides is said of one of the table', () => {
  for (const name of [...dataActions, ...legacyAlone]) expect(permissions).toHaveProperty([name]);
});

test('a permission that writes, deletes or acts is nothing only where the table says so', () => {
  for (const [name, effects] of Object.entries(permissions)) {
    expect(effects.length, name).toBeGreaterThan(0);
    if (effects.includes('nothing')) expect(effects, name).toEqual(['nothing']);
  }
});
