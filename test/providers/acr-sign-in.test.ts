import { expect, test } from 'vitest';
import { HttpError } from '../../src/http/http.ts';
import { SignInError, signInError } from '../../src/providers/acr/wire/sign-in-error.ts';

const here = { authority: undefined, tenant: undefined, environment: {} };
const preamble =
  'EnvironmentCredential authentication failed. To troubleshoot, visit https://aka.ms/azsdk/js/identity/environmentcredential/troubleshoot. Status code: 401 More details: ';

test('the sentence of Entra is told, and nothing before or behind it', () => {
  const said = signInError(
    new Error(
      `${preamble}AADSTS7000222: The provided client secret keys for app 'a' are expired. Trace ID: 1 Correlation ID: 2`,
    ),
    { ...here, tenant: 'shop.example' },
  );
  expect(said).toBeInstanceOf(SignInError);
  expect(said.message).toBe(
    "the sign-in to tenant shop.example failed: AADSTS7000222: The provided client secret keys for app 'a' are expired.",
  );
});

test.each([
  [{ AZURE_CLIENT_ID: 'a', AZURE_CLIENT_SECRET: 'b' }, /AZURE_TENANT_ID is not set/],
  [
    { AZURE_TENANT_ID: 'a', AZURE_CLIENT_CERTIFICATE_PATH: 'b' },
    /tenant a .*AZURE_CLIENT_ID is not set/,
  ],
])('with %j what is missing is named', (environment, words) => {
  expect(signInError(new Error('unavailable'), { ...here, environment }).message).toMatch(words);
});

test.each([
  { AZURE_TENANT_ID: 'a', AZURE_CLIENT_ID: 'b', AZURE_CLIENT_SECRET: 'c' },
  { AZURE_CLIENT_ID: 'b' },
  {},
])('with %j nothing is missing', (environment) => {
  expect(signInError(new Error('unavailable'), { ...here, environment }).message).not.toContain(
    'is not set',
  );
});

test('a host that is not reached is named and is no refusal', () => {
  const said = signInError(new Error('getaddrinfo ENOTFOUND login.microsoftonline.us'), {
    ...here,
    authority: 'https://login.microsoftonline.us',
  });
  expect(said).toMatchObject({ code: 'unreachable' });
  expect(said.message).toContain('https://login.microsoftonline.us');
});

test('what ended with the scan stays what it is', () => {
  const ended = new HttpError('aborted', 'over');
  expect(signInError(ended, here)).toBe(ended);
});
