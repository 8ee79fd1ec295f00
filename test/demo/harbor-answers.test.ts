import { expect, it } from 'vitest';
import { demoSecret, harborAnswers } from '../../src/demo/harbor/answers.ts';
import type { Estate } from '../../src/demo/harbor/estate.ts';
import { callers, instance, variants } from '../support/harbor/replay.ts';
import { scenario } from '../support/harbor/scan.ts';

/** The pretended Harbor answers as the recorded one did, where tests rest on it. */

async function get(path: string, query = '', more: Partial<Estate> = {}) {
  const estate = { ...(await scenario('all-good')), ...more };
  const pair = Buffer.from(`${estate.caller.name}:${demoSecret}`).toString('base64');
  const { status, headers, body } = await harborAnswers(estate).answer({
    method: 'GET',
    path: `/api/v2.0${path}`,
    query: new URLSearchParams(query),
    headers: { authorization: `Basic ${pair}` },
    body: '',
  });
  const text = String(body);
  return { status, headers, body: text === '' ? null : JSON.parse(text) };
}

function refusalOf(caller: string, path: string) {
  const found = callers[caller]?.[path];
  if (Array.isArray(found)) return found as readonly unknown[];
  throw new Error(`nothing was recorded of ${path} as ${caller}`);
}

it('leaves the first account out of the list of users, and gives it by its number', async () => {
  const list = await get('/users');
  const [, virgin] = variants['users-of-a-virgin-instance'] ?? [];
  expect(virgin).toEqual([]);
  expect(list.body.map(({ user_id }: { user_id: number }) => user_id)).toEqual([2]);
  expect(list.headers['x-total-count']).toBe('1');
  const first = await get('/users/1');
  expect(first.body).toMatchObject({ user_id: 1, username: 'admin' });
  expect(Object.keys(first.body)).toEqual(
    expect.arrayContaining(Object.keys(instance['/users/1'] as object)),
  );
});

it('refuses at the level of the system with the name of the caller', async () => {
  const caller = { kind: 'person', name: 'carol' } as const;
  const { status, body } = await get('/users', '', { caller, users: [] });
  const [recorded, code] = refusalOf('plain user', '/users');
  expect([status, body.errors[0]]).toEqual([recorded, { code, message: 'carol' }]);
});

it('answers a retention policy that does not exist with 500', async () => {
  const { status, body } = await get('/retentions/999999');
  const [recorded, code, message] = refusalOf('administrator', '/retentions/999999');
  expect([status, body.errors[0]]).toEqual([recorded, { code, message }]);
});

it('names the pages before and after in one header', async () => {
  const users = [1, 2, 3, 4].map((user_id) => ({
    user_id,
    username: user_id === 2 ? 'auditor' : `u${user_id}`,
    sysadmin_flag: user_id === 2,
  }));
  const { headers } = await get('/users', 'page=2&page_size=1', { users });
  expect(headers['link']).toBe(
    '</api/v2.0/users?page=1&page_size=1>; rel="prev" , </api/v2.0/users?page=3&page_size=1>; rel="next"',
  );
});

it('sends null for what an artifact has none of', async () => {
  const { body } = await get('/projects/1/artifacts');
  expect(body[0]).toMatchObject({ labels: null, references: null });
});

it('opens a session with every answer', async () => {
  expect((await get('/systeminfo')).headers['set-cookie']).toMatch(/^sid=/);
});
