import { expect, test } from 'vitest';
import { DecodeError } from '../../src/decode/fields.ts';
import { HttpError } from '../../src/http/http.ts';
import { httpErrors, refusedByHttp } from '../../src/http/http-errors.ts';
import { PagingError } from '../../src/http/pages.ts';

const refusal = (body: unknown) =>
  new HttpError('403', 'HTTP 403 from https://r.example/x', {
    status: 403,
    headers: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test.each([
  [{ errors: [{ code: 'DENIED', message: 'no access' }] }, 'HTTP 403: no access'],
  [
    { error: { code: 403, message: 'no access', status: 'PERMISSION_DENIED' } },
    'HTTP 403: no access',
  ],
  [{ message: 'no access' }, 'HTTP 403: no access'],
  [{ detail: 'no access' }, 'HTTP 403: no access'],
  [{ error: 'denied', error_description: 'no access' }, 'HTTP 403: no access'],
  [{ errors: ['no access'] }, 'HTTP 403: no access'],
  [{ errors: [] }, 'HTTP 403 from https://r.example/x'],
  [{ message: 7 }, 'HTTP 403 from https://r.example/x'],
  ['<html>no</html>', 'HTTP 403 from https://r.example/x'],
  ['null', 'HTTP 403 from https://r.example/x'],
  ['', 'HTTP 403 from https://r.example/x'],
])('a refusal with %j says %j', (body, detail) => {
  expect(httpErrors.detailOf(refusal(body))).toBe(detail);
});

test('a detail is one short line', () => {
  expect(httpErrors.detailOf(refusal({ message: 'x'.repeat(5000) }))).toHaveLength(300);
});

test.each([
  [refusal(''), '403'],
  [new DecodeError('x'), 'undecodable'],
  [new PagingError('x'), 'undecodable'],
  [new TypeError('a bug'), 'TypeError'],
  ['thrown text', 'Error'],
])('the code of %s is %s', (error, code) => {
  expect(httpErrors.codeOf(error)).toBe(code);
});

test('no code of HTTP means absence by itself', () => {
  expect(Object.values(refusedByHttp)).not.toContain('absent');
  expect(Object.keys(refusedByHttp)).not.toContain('404');
});
