import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSpecialAddress } from '../../src/http/address-guard.ts';
import { httpClient } from '../../src/http/client.ts';

describe('an address that leads to this machine or its network', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '169.254.169.254',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fec0::1',
    '::ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '::ffff:0:127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::127.0.0.1',
    '2002:a9fe:a9fe::1',
    '2002:7f00:1::',
  ])('%s is special', (address) => {
    expect(isSpecialAddress(address)).toBe(true);
  });

  it.each([
    '10.0.0.1',
    '192.0.2.7',
    '2001:db8::1',
    '::ffff:192.0.2.7',
    '64:ff9b::192.0.2.7',
    '2002:c000:207::1',
    '2600::1',
    'registry.example.org',
    '',
  ])('%s is not', (address) => {
    expect(isSpecialAddress(address)).toBe(false);
  });
});

describe('a client that may not connect to this machine', () => {
  let reached = 0;
  const server = createServer((_, response) => {
    reached += 1;
    response.end('{}');
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  it.each(['127.0.0.1', 'localhost'])('does not reach it as %s', async (host) => {
    const { port } = server.address() as AddressInfo;
    const settings = {
      base: `http://${host}:${port}`,
      concurrency: 1,
      signal: new AbortController().signal,
      retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
      environment: {},
    };
    const guarded = httpClient({ ...settings, mayConnect: (one) => !isSpecialAddress(one) });
    await expect(guarded.send({ operation: 'ping', path: '/' })).rejects.toMatchObject({
      code: 'redirect',
    });
    await guarded.close();
    expect(reached).toBe(0);
  });
});
