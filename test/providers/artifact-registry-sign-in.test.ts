import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { serveEstate } from '../../src/demo/artifact-registry/serve-estate.ts';
import type { WireAnswer, WireRequest } from '../../src/demo/wire-server.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { provider } from '../../src/providers/artifact-registry/index.ts';
import { scenario } from '../support/google/scenario.ts';
import { scanProvider } from '../support/scan-provider.ts';

interface Situation {
  readonly environment?: Readonly<Record<string, string>>;
  /** Further keys of the file of credentials; a text: in place of the file. */
  readonly credentials?: object | string;
  readonly onTheWay?: (request: WireRequest, answer: WireAnswer) => WireAnswer;
}

async function scanIn({ environment = {}, credentials = {}, onTheWay }: Situation) {
  const estate = await scenario('all-good');
  const requests: WireRequest[] = [];
  const served = await serveEstate(estate, (request, answer) => {
    requests.push(request);
    return onTheWay === undefined ? answer : onTheWay(request, answer);
  });
  const given = served.environment['GOOGLE_APPLICATION_CREDENTIALS'] ?? '';
  const file = join(mkdtempSync(join(tmpdir(), 'regaudit-test-')), 'credentials.json');
  const changed = { ...JSON.parse(readFileSync(given, 'utf8')), ...Object(credentials) };
  writeFileSync(file, typeof credentials === 'string' ? credentials : JSON.stringify(changed));
  const { findings } = await scanProvider(
    provider,
    {
      ...served,
      asOf: estate.asOf,
      environment: {
        ...served.environment,
        GOOGLE_APPLICATION_CREDENTIALS: file,
        ...environment,
      },
    },
    {
      options: { endpoint: served.endpoint },
      checks: checks.filter(({ id }) => id === 'tags-immutable'),
    },
  );
  return { findings, requests, file, message: findings[0]?.message };
}

describe('the project', () => {
  test.each(['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'])(
    'is taken from %s',
    async (name) => {
      const environment = { GOOGLE_CLOUD_PROJECT: '', [name]: 'shop-prod' };
      const { findings } = await scanIn({ environment });
      expect(findings.find(({ repository }) => repository === 'shop')?.verdict).toBe('pass');
    },
  );

  test('that nothing names is an error of usage before any call', async () => {
    const failed = scanIn({ environment: { GOOGLE_CLOUD_PROJECT: '' } });
    await expect(failed).rejects.toBeInstanceOf(UsageError);
  });

  test('that pays is named in each call, by the environment before the credentials', async () => {
    const credentials = { quota_project_id: 'pays-by-file' };
    const payer = async (environment: Readonly<Record<string, string>>) => {
      const { requests } = await scanIn({ credentials, environment });
      const called = requests.filter(({ path }) => path.startsWith('/v3/projects'));
      return new Set(called.map(({ headers }) => headers['x-goog-user-project']));
    };
    expect(await payer({})).toEqual(new Set(['pays-by-file']));
    const environment = { GOOGLE_CLOUD_QUOTA_PROJECT: 'pays-by-environment' };
    expect(await payer(environment)).toEqual(new Set(['pays-by-environment']));
  });
});

describe('credentials of another universe', () => {
  test.each([
    ['the file', { credentials: { universe_domain: 'apis-s3nsapis.fr' } }],
    ['the environment', { environment: { GOOGLE_CLOUD_UNIVERSE_DOMAIN: 'apis-s3nsapis.fr' } }],
  ])('named by %s are refused before a token is asked for', async (_by, situation) => {
    const { requests, message } = await scanIn(situation);
    expect(requests).toEqual([]);
    expect(message).toContain('the universe apis-s3nsapis.fr');
  });
});

describe('a sign-in that fails says why', () => {
  test('with the sentence of the token service', async () => {
    const said = 'The audience in ID Token does not match';
    const { message } = await scanIn({
      onTheWay: (request, answer) =>
        request.path === '/v1/token'
          ? {
              ...answer,
              status: 400,
              body: JSON.stringify({ error: 'invalid_grant', error_description: said }),
            }
          : answer,
    });
    expect(message).toContain(`HTTP 400: invalid_grant: ${said}`);
  });

  test('and that the clock is wrong, where it is that', async () => {
    const said =
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values';
    const { message } = await scanIn({
      onTheWay: (request, answer) =>
        request.path === '/v1/token'
          ? {
              ...answer,
              status: 400,
              body: JSON.stringify({ error: 'invalid_grant', error_description: said }),
            }
          : answer,
    });
    expect(message).toContain('set the clock of this machine');
    expect(message).not.toContain('grant ');
  });

  test('without a token that the sentence repeats', async () => {
    const token = `ey${'J0b2tlbi'.repeat(9)}`;
    const { message } = await scanIn({
      onTheWay: (request, answer) =>
        request.path === '/v1/token'
          ? {
              ...answer,
              status: 400,
              body: JSON.stringify({ error: 'bad', error_description: token }),
            }
          : answer,
    });
    expect(message).toContain('HTTP 400: bad');
    expect(message).not.toContain(token);
  });

  test('with the file that is not there', async () => {
    const file = join(tmpdir(), 'regaudit-no-such-file.json');
    const environment = { GOOGLE_APPLICATION_CREDENTIALS: file };
    const { message } = await scanIn({ environment });
    expect(message).toContain(file);
    expect(message).not.toContain('unreachable');
  });

  test.each(['{"hello":1}', 'no JSON'])('with the file that holds %s', async (credentials) => {
    const { message, file } = await scanIn({ credentials });
    expect(message).toContain(file);
  });

  test('with the host that does not answer', async () => {
    const credentials = { token_url: 'http://127.0.0.1:9/v1/token' };
    const { message } = await scanIn({ credentials });
    expect(message).toContain('127.0.0.1:9');
  });
});
