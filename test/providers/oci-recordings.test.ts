import { readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { describe, expect, it } from 'vitest';
import { serve } from '../../src/demo/wire-server.ts';
import { provider } from '../../src/providers/oci/index.ts';
import { scanProvider } from '../support/scan-provider.ts';

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const recordings: Readonly<Record<string, readonly Recorded[]>> = JSON.parse(
  readFileSync(new URL('../recordings/oci/distribution.json', import.meta.url), 'utf8'),
);

/**
 * What a stranger learns of a recorded registry. One repository and one tag were recorded and stand for others;
 * routes that were not are answered as the router does.
 */
async function readAsStranger(name: string) {
  const recorded = recordings[name] ?? [];
  let base = '';
  const { url, close } = await serve(({ method, path }) => {
    const asked = path
      .replace('/v2/regaudit/probe/', '/v2/team/app/')
      .replace(/\/manifests\/latest$/, '/manifests/1.0.0');
    const found = recorded.find((one) => one.method === method && one.path === asked);
    if (found === undefined) {
      const headers = {
        'content-type': 'text/plain; charset=utf-8',
        'docker-distribution-api-version': 'registry/2.0',
      };
      return { status: 404, headers, body: '404 page not found\n' };
    }
    const headers = Object.entries(found.headers).map(([key, value]) => [
      key,
      value.replace('{base}', base),
    ]);
    return { status: found.status, headers: Object.fromEntries(headers), body: found.body };
  });
  base = url;
  const { readings } = await scanProvider(
    provider,
    {
      environment: { DOCKER_CONFIG: devNull },
      asOf: '2026-11-02T09:00:00Z',
      calls: new Map(),
      close,
    },
    {
      address: 'registry.example.org',
      options: { url, repositories: ['team/app'] },
      context: { images: { newest: 3, tags: ['1.0.0'], mayPull: false } },
    },
  );
  const [registry, repository] = readings;
  const factIn = (line: typeof registry, fact: string) => {
    const found = line !== undefined && 'facts' in line ? line.facts[fact] : undefined;
    if (found === undefined) return undefined;
    return 'value' in found ? found.value : 'why' in found ? found.why : found.state;
  };
  return {
    push: factIn(registry, 'anonymousPush'),
    catalog: factIn(registry, 'anonymousCatalog'),
    signIn: factIn(registry, 'signIn'),
    pull: factIn(repository, 'publicPull'),
    signatures: factIn(repository, 'recentSignatures'),
  };
}

describe('what a stranger learns of CNCF Distribution', () => {
  it.each([
    'distribution-2.8.2-anonymous-http',
    'distribution-2.8.3-anonymous-http',
    'distribution-3.1.1-anonymous-http',
  ])('%s: everything is open', async (name) => {
    const seen = await readAsStranger(name);
    expect(seen).toMatchObject({
      push: { mode: 'accepted', how: 'no login is asked for and uploads are offered' },
      catalog: { mode: 'listed' },
      signIn: 'not-exposed',
      pull: { mode: 'anyone' },
    });
    // Of what hangs on the image of 2.8 not everything was recorded, so that "unsigned" would be a guess.
    expect(seen.signatures).toEqual(
      name.includes('2.8')
        ? 'inconclusive'
        : [{ image: expect.stringMatching(/^1\.0\.0 /), signedBy: [] }],
    );
  });

  it('distribution-2.8.2-htpasswd-http: strangers are kept out, and passwords are static', async () => {
    expect(await readAsStranger('distribution-2.8.2-htpasswd-http')).toMatchObject({
      push: { mode: 'refused' },
      catalog: { mode: 'hidden' },
      signIn: { mode: 'local' },
      pull: 'denied',
    });
  });

  it('distribution-2.8.2-readonly: nobody can push, though no login is asked for', async () => {
    const { push } = await readAsStranger('distribution-2.8.2-readonly');
    expect(push).toEqual({ mode: 'refused' });
  });

  it('distribution-2.8.2-silly-auth: any header passes', async () => {
    expect(await readAsStranger('distribution-2.8.2-silly-auth')).toMatchObject({
      push: { mode: 'accepted' },
      catalog: { mode: 'listed' },
      pull: { mode: 'anyone' },
    });
  });

  it('distribution-2.8.2-token: a token service that does not answer proves nothing', async () => {
    expect(await readAsStranger('distribution-2.8.2-token')).toMatchObject({
      push: 'denied-or-absent',
      catalog: 'denied-or-absent',
      signIn: 'not-exposed',
    });
  });
});
