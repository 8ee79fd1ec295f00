import { expect, test } from 'vitest';
import { HttpError } from '../../src/http/http.ts';
import { operations } from '../../src/providers/acr/operations.ts';
import { ArmError, acrErrors } from '../../src/providers/acr/wire/errors.ts';
import { SignInError, signInError } from '../../src/providers/acr/wire/sign-in-error.ts';
import { ask } from '../../src/providers/facts.ts';

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

test('the cure of a failed sign-in names the tenant', () => {
  const said = signInError(new Error('expired'), { ...here, tenant: 'shop.example' });
  expect(acrErrors.cureOf?.(said)).toMatch(/^sign in with az login --tenant shop\.example/);
});

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';

test.each([
  [
    new ArmError(
      401,
      'InvalidAuthenticationTokenTenant',
      `The access token is from the wrong issuer 'https://sts.windows.net/a/'. It must match the tenant 'https://sts.windows.net/${tenant}/' associated with this subscription.`,
    ),
    `az login --tenant ${tenant}`,
  ],
  [
    new ArmError(401, 'ExpiredAuthenticationToken', 'The access token expiry UTC time …'),
    'az login',
  ],
  [
    new ArmError(
      403,
      'DenyAssignmentAuthorizationFailed',
      'it is denied because of the deny assignment',
    ),
    'deny assignment',
  ],
  [
    new ArmError(
      409,
      'MissingSubscriptionRegistration',
      "The subscription is not registered to use namespace 'Microsoft.Security'.",
    ),
    'az provider register --namespace Microsoft.Security',
  ],
  [
    new HttpError('403', 'refused', {
      status: 403,
      headers: {},
      body: "client with IP '192.0.2.1' is not allowed access. Refer https://aka.ms/acr/firewall",
    }),
    'firewall',
  ],
])('%s has a cure of its own, because no role helps', async (error, cure) => {
  const call = () => Promise.reject(error);
  const found = await ask('Tokens_List', operations.Tokens_List, acrErrors, call, () => 0);
  expect(found).toMatchObject({ state: 'unknown', why: 'denied' });
  expect(found.from.cure).toContain(cure);
});

test('a missing role has no cure but the grant', async () => {
  const call = () => Promise.reject(new ArmError(403, 'AuthorizationFailed', 'no'));
  const found = await ask('Tokens_List', operations.Tokens_List, acrErrors, call, () => 0);
  expect(found.from).toEqual({
    operation: 'Tokens_List',
    permission: operations.Tokens_List.permission,
    detail: 'no',
  });
});
