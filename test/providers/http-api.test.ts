import { expect, test } from 'vitest';
import { httpClient } from '../../src/http/client.ts';
import type { Progress } from '../../src/providers/contract.ts';
import { httpSettingsFor, linkedArrays } from '../../src/providers/http-api.ts';
import { answer, serve } from '../http/support/serve.ts';

test('what happens on the wire is told as steps of the registry', async () => {
  let first = true;
  const { base } = await serve((_, response) => {
    answer(response, first ? 429 : 200, {});
    first = false;
  });
  const steps: Progress[] = [];
  const settings = httpSettingsFor(
    {
      concurrency: 1,
      signal: new AbortController().signal,
      retryPolicy: { maxAttempts: 2, baseDelay: 1, waits: false },
      environment: {},
      caFile: undefined,
      progress: (step) => steps.push(step),
    },
    'harbor://r.example',
    base,
  );
  const client = httpClient(settings);
  await client.send({ operation: 'listProjects', path: '/projects', query: { page: 1 } });
  await client.close();
  const registry = 'harbor://r.example';
  const exchange = { kind: 'exchange', registry, method: 'GET', url: `${base}/projects?page=…` };
  expect(steps).toEqual([
    { kind: 'call', registry, operation: 'listProjects' },
    { ...exchange, status: 429, ms: expect.any(Number) },
    { kind: 'throttled', registry, operation: 'listProjects' },
    { ...exchange, status: 200, ms: expect.any(Number) },
  ]);
});

test('a page that is no list ends a listing with an error, not with an empty one', async () => {
  const { base } = await serve((_, response) => answer(response, 200, { error: 'no' }));
  const context = {
    concurrency: 1,
    signal: new AbortController().signal,
    retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
    environment: {},
    caFile: undefined,
    progress: () => undefined,
  };
  const client = httpClient(httpSettingsFor(context, 'harbor://r.example', base));
  await expect(linkedArrays(client, { operation: 'list', path: '/' }).next()).rejects.toThrow(
    'the response is not a list',
  );
  await client.close();
});
