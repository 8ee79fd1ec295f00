import { devNull } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/providers/docker-hub/facts/account.ts';
import { namespaceOf, wholeList } from '../../src/providers/docker-hub/facts/namespace.ts';
import { credentialsFrom } from '../../src/providers/docker-hub/wire/credentials.ts';
import { known } from '../../src/providers/facts.ts';

const jwt = `eyJ${'a'.repeat(40)}.eyJ${'b'.repeat(80)}.${'c'.repeat(40)}`;
const callerWith = (secret: string, identifier = 'acme') =>
  credentialsFrom(
    {},
    {
      environment: {
        DOCKER_CONFIG: devNull,
        DOCKER_USERNAME: identifier,
        DOCKER_PASSWORD: secret,
      },
    },
  );
const owner = known('ListMemberships', '', () => ({ role: 'owner', company: () => null }));
const account = { membership: async () => owner } as Pick<Account, 'membership'> as Account;

describe('who asks', () => {
  it.each([
    ['dckr_pat_abc', 'personal-token', 'person'],
    ['0b5e4f3a-1111-4222-8333-444455556666', 'personal-token', 'person'],
    ['correct horse battery', 'password', 'person'],
    ['dckr_oat_abc', 'organization-token', 'organization'],
    ['dckr_oidc_abc', 'workload-token', 'organization'],
    [jwt, 'workload-token', 'organization'],
  ])('with %s and the name of the namespace is a %s of a %s', async (secret, kind, of) => {
    const caller = await callerWith(secret);
    expect(caller.kind).toBe(kind);
    expect(namespaceOf('acme', caller).kind).toBe(of);
  });

  it.each(['acme', 'jane'])(
    'with a token of an OIDC connection as %s is never sure to see every repository',
    async (identifier) => {
      const namespace = namespaceOf('acme', await callerWith(jwt, identifier));
      const whole = await wholeList(namespace, account, true);
      expect(whole).toMatchObject({ state: 'unknown', why: 'denied' });
    },
  );
});
