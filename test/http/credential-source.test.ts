import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { basicOf, bearerOf, secretFrom } from '../../src/http/credential-source.ts';
import { reveal, secret } from '../../src/http/secret.ts';

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'regaudit-secret-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'secret');
  await writeFile(file, text);
  return file;
}

test('a variable is the credential, and wins over a file', async () => {
  const given = await secretFrom({ PASSWORD: 'p', PASSWORD_FILE: '/nowhere' }, 'PASSWORD');
  expect(String(given)).toBe('***');
  expect(given === null ? null : reveal(given)).toBe('p');
});

test.each([
  ['pass word', 'pass word'],
  ['pass\n', 'pass'],
  ['pass\r\n', 'pass'],
  [' pass ', ' pass '],
])('the file %j holds the credential %j', async (text, clear) => {
  const given = await secretFrom({ PASSWORD_FILE: await fileOf(text) }, 'PASSWORD');
  expect(given === null ? null : reveal(given)).toBe(clear);
});

test.each(['', '\n', 'a\n\n', 'a\nb\n', 'x'.repeat(100_000)])(
  'a file that does not hold one line is an error',
  async (text) => {
    const asked = secretFrom({ PASSWORD_FILE: await fileOf(text) }, 'PASSWORD');
    await expect(asked).rejects.toMatchObject({ code: 'credentials' });
  },
);

test('a file that is not there is an error, not "none"', async () => {
  const asked = secretFrom({ PASSWORD_FILE: '/nowhere/secret' }, 'PASSWORD');
  await expect(asked).rejects.toThrow('PASSWORD_FILE cannot be read: ENOENT');
});

test.each([{}, { PASSWORD: '' }, { PASSWORD_FILE: '' }])('%j names none', async (environment) => {
  expect(await secretFrom(environment, 'PASSWORD')).toBeNull();
});

test('credentials stand in the header as their schemes say', () => {
  expect(reveal(basicOf(secret('ü'), secret('p:w')))).toBe('Basic w7w6cDp3');
  expect(reveal(bearerOf(secret('t')))).toBe('Bearer t');
});
