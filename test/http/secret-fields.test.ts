import { expect, test } from 'vitest';
import { serve } from '../../src/demo/wire-server.ts';
import { httpClient } from '../../src/http/client.ts';
import { HttpError } from '../../src/http/http.ts';
import { secret } from '../../src/http/secret.ts';

test('a secret in JSON is in clear on the wire alone, and taken out of what comes back', async () => {
  const bodies: string[] = [];
  const server = await serve(({ body }) => {
    bodies.push(body);
    const { identifier, secret: given } = JSON.parse(body);
    const detail = `${identifier} with ${given}`;
    return { status: 401, headers: {}, body: JSON.stringify({ detail }) };
  });
  const client = httpClient({
    base: server.url,
    concurrency: 1,
    signal: new AbortController().signal,
    retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
    environment: {},
  });
  const json = { identifier: 'jane', secret: secret('dckr_pat_"quoted"') };
  const refused = await client
    .json({ operation: 'sign-in', method: 'POST', path: '/', json })
    .catch((error: unknown) => error);
  await client.close();
  await server.close();
  expect(bodies).toEqual([JSON.stringify({ identifier: 'jane', secret: 'dckr_pat_"quoted"' })]);
  if (!(refused instanceof HttpError)) throw new Error('it was not refused');
  expect(refused.body).toContain('jane');
  expect(refused.body).not.toContain('quoted');
});
