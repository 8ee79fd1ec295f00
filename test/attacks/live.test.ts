import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { demos } from '../../src/demo/demos.ts';
import { harborAnswers } from '../../src/demo/harbor/answers.ts';
import { harborDemo } from '../../src/demo/harbor/demo.ts';
import { serve } from '../../src/demo/wire-server.ts';
import { scenario } from '../support/harbor/scan.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { runProcess } from '../support/run-process.ts';
import { scanned } from './support/in-front.ts';

/* Registries that hang, that stall, and whose list moves. */

const closing: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

/** Accepts connections and does something hostile with each. */
async function hostile(greet: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const drip = (socket: Socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[');
  const timer = setInterval(() => socket.write(' '), 20);
  socket.on('close', () => clearInterval(timer));
};
const greetings = {
  'never answers': () => undefined,
  'sends headers without end': (socket: Socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('x-a: b\r\n'), 20);
    socket.on('close', () => clearInterval(timer));
  },
  'sends a body without end': drip,
  'sends informational answers without end': (socket: Socket) => {
    const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
    socket.on('close', () => clearInterval(timer));
  },
} as const;

const credentials = { HARBOR_USERNAME: 'auditor', HARBOR_PASSWORD: 'demo-secret' };

describe.each(Object.entries(greetings))('one registry of two that %s (row 11)', (_, greet) => {
  test('costs the other one nothing', async () => {
    const url = await hostile(greet);
    const good = await serve(harborAnswers(await scenario('all-good')).answer);
    closing.push(good.close);
    const cwd = emptyFolder();
    const registries = [
      { target: 'harbor://hung.example.org', url },
      { target: 'harbor://good.example.org', url: good.url },
    ];
    writeFileSync(join(cwd, 'c.yaml'), JSON.stringify({ registries }));
    const { code, stdout } = await runCli(
      ['scan', '-c', 'c.yaml', '-f', 'json', '--timeout', '3', '--check', 'tags-immutable'],
      { cwd, env: credentials },
    );
    expect(code).toBe(3);
    const { registries: read } = JSON.parse(stdout);
    const of = (id: string) => read.find((one: { id: string }) => one.id.includes(id));
    expect(of('good')).toMatchObject({ reachable: true });
    expect(of('good').summary.pass).toBeGreaterThan(0);
    expect(of('hung').summary.pass).toBe(0);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('leaves %s to be heard', async (name, code) => {
    const url = await hostile(greet);
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'c.yaml'),
      JSON.stringify({ registries: [{ target: 'harbor://hung.example.org', url }] }),
    );
    const ended = await runProcess(['scan', '-c', 'c.yaml', '-vv'], {
      cwd,
      env: credentials,
      signal: { name, once: 'reading' },
    });
    expect(ended.code).toBe(code);
  });
});

test.each(demos.map((demo) => [demo.name, demo] as const))(
  '%s: a list that serves repositories twice is not whole, and each is judged once (row 6)',
  async (_, demo) => {
    const twice = await scanned(await demo(), () => (response, { status, headers, body }) => {
      const { 'content-length': _length, ...rest } = headers;
      response.writeHead(status, rest).end(doubled(body.toString('utf8')));
    });
    const subjects = twice.findings.map(({ check, subject }) => `${check} ${subject}`);
    expect(new Set(subjects).size).toBe(subjects.length);
    const names = twice.readings.flatMap((line) =>
      line.kind === 'repository' ? [`${line.registry} ${line.name}`] : [],
    );
    expect(new Set(names).size).toBe(names.length);
    const whole = twice.summary.registries.filter(
      ({ listing, id }) =>
        listing.state === 'known' && names.some((name) => name.startsWith(`${id} `)),
    );
    expect(whole.map(({ id }) => id)).toEqual([]);
    expect(twice.crashes).toEqual([]);
  },
);

/** Each repository of a list of them a second time. */
function doubled(text: string): string {
  try {
    return JSON.stringify(doubledIn(JSON.parse(text)));
  } catch {
    return text;
  }
}

const isRepository = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ('project_id' in value && 'owner_id' in value
    ? true
    : 'repositoryUri' in value ||
      'repository_type' in value ||
      'package_type' in value ||
      ('is_public' in value && 'namespace' in value) ||
      ('location' in value && 'project_id' in value) ||
      ('format' in value && 'name' in value));

function doubledIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(isRepository) ? [...value, ...value] : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'repositories' && Array.isArray(inner) && typeof inner[0] === 'string'
        ? [...inner, ...inner]
        : doubledIn(inner),
    ]),
  );
}

test('TLS that the environment switches off is refused before any call, for every adapter (row 14)', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const demo = await harborDemo();
  closing.push(demo.close);
  const cwd = emptyFolder();
  for (const entry of [
    { target: 'harbor://harbor.example.org', url },
    { target: 'ecr', endpoint: url },
    { target: 'acr', endpoint: url, authority: url },
    { target: 'artifact-registry://acme', endpoint: url },
    { target: 'docker-hub://acme', endpoint: url, registryEndpoint: url },
  ]) {
    writeFileSync(join(cwd, 'c.yaml'), JSON.stringify({ registries: [entry] }));
    const { code, stderr } = await runCli(['scan', '-c', 'c.yaml'], {
      cwd,
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0', AWS_REGION: 'eu-west-1' },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0');
  }
  expect(asked).toBe(0);
});
