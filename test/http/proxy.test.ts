import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { proxy } from './support/proxy.ts';
import { answer, clientFor, serve } from './support/serve.ts';

const file = (name: string) => fileURLToPath(new URL(`../support/tls/${name}`, import.meta.url));
const certificate = {
  cert: readFileSync(file('localhost.test-only.pem'), 'utf8'),
  key: readFileSync(file('localhost.test-only.key'), 'utf8'),
};
const caFile = file('ca.test-only.pem');
const get = { operation: 'x', path: '/there' } as const;
const ok = (certificates?: typeof certificate) =>
  serve((_, response) => answer(response, 200, { ok: true }), certificates);

test.each(['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])(
  'https goes through the tunnel of %s, verified from end to end',
  async (name) => {
    const { base } = await ok(certificate);
    const { address, asked } = await proxy();
    const environment = { [name]: `http://user:pa%3Ass@${address}` };
    expect(await clientFor(base, { caFile, environment }).json(get)).toEqual({ ok: true });
    const credential = `Basic ${Buffer.from('user:pa:ss').toString('base64')}`;
    expect(asked).toEqual([{ line: `CONNECT ${new URL(base).host}`, credential }]);
    const unverified = clientFor(base, { environment }).send(get);
    await expect(unverified).rejects.toMatchObject({ code: 'tls' });
  },
);

test('http goes to the proxy in full, without a tunnel', async () => {
  const { base, seen } = await ok();
  const { address, asked } = await proxy();
  const client = clientFor(base, { environment: { HTTP_PROXY: address } });
  expect(await client.json(get)).toEqual({ ok: true });
  expect(asked.map(({ line }) => line)).toEqual([`GET ${base}/there`]);
  expect(seen).toHaveLength(1);
});

test('the proxy for http is none for https', async () => {
  const { base } = await ok(certificate);
  const { address, asked } = await proxy();
  const client = clientFor(base, { caFile, environment: { HTTP_PROXY: address } });
  expect(await client.json(get)).toEqual({ ok: true });
  expect(asked).toEqual([]);
});

test.each([
  ['127.0.0.1', 0],
  ['other.example, 127.0.0.1', 0],
  ['*', 0],
  ['127.0.0.1:1', 1],
  ['other.example', 1],
])('NO_PROXY of %j leaves %i request to the proxy', async (NO_PROXY, through) => {
  const { base } = await ok();
  const { address, asked } = await proxy();
  const client = clientFor(base, { environment: { HTTP_PROXY: address, NO_PROXY } });
  expect(await client.json(get)).toEqual({ ok: true });
  expect(asked).toHaveLength(through);
});

test.each(['ftp', 'socks5'])('a %s proxy is refused, without its password', async (scheme) => {
  const { base } = await ok();
  const environment = { ALL_PROXY: `${scheme}://user:hunter2@127.0.0.1:1` };
  const error = await clientFor(base, { environment })
    .send(get)
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'unreachable' });
  expect(String(error)).toContain('no http or https URL');
  expect(String(error)).not.toContain('hunter2');
});

test('a proxy of the process is not used when the settings name none', async () => {
  const { base } = await ok();
  const { address, asked } = await proxy();
  const before = process.env['http_proxy'];
  process.env['http_proxy'] = `http://${address}`;
  try {
    expect(await clientFor(base).json(get)).toEqual({ ok: true });
    expect(asked).toEqual([]);
  } finally {
    if (before === undefined) delete process.env['http_proxy'];
    else process.env['http_proxy'] = before;
  }
});
