import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Prism (github.com/stoplightio/prism) pretends a vendor from the vendor's own description of its API, so
 * that an adapter is heard by something that none of us wrote. `.ci/run` installs it and names its
 * executable in PRISM.
 */

/** A running mock server. */
export interface Prism {
  /** `http://127.0.0.1:PORT`, to which the paths of the API are appended. */
  readonly url: string;
  /** Every request as `METHOD path status`, in the order they were answered. */
  readonly exchanges: readonly string[];
  readonly stop: () => Promise<void>;
}

const program = process.env['PRISM'];
const retryPolicy = { start: 60_000 };

/**
 * Starts Prism for a description, as JSON, on the loopback interface. `prefix` is the path that the vendor's API
 * has before the described ones (Swagger's `basePath`), which Prism does not know; `without` names
 * headers of its answers that are held back, such as a `link` that is described as any text. Rejects
 * when PRISM is not set, or when it does not answer in time.
 */
export async function startPrism(
  description: string,
  prefix = '',
  without: readonly string[] = [],
): Promise<Prism> {
  if (program === undefined) throw new Error('PRISM must name the executable of Prism');
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-prism-'));
  const file = join(folder, 'description.json');
  writeFileSync(file, description);
  const mock = spawn(program, ['mock', '--host', '127.0.0.1', '--port', '0', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = async () => {
    await ended(mock);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(mock);
    const front = await frontOf(address, prefix, without);
    return { ...front, stop: () => front.stop().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What is between two neighbours alone. */
const hops = ['connection', 'keep-alive', 'transfer-encoding', 'content-encoding'];

/** Hands requests on without their prefix, and remembers them. */
async function frontOf(
  address: string,
  prefix: string,
  without: readonly string[],
): Promise<Prism> {
  const exchanges: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const inner = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    const { 'content-length': _, connection: __, host: ___, ...headers } = request.headers;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
    const answer = await fetch(`${address}${inner}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...sent,
    });
    exchanges.push(`${request.method} ${path.split('?')[0]} ${answer.status}`);
    const body = Buffer.from(await answer.arrayBuffer());
    const held = [...hops, ...without];
    const kept = [...answer.headers].filter(([name]) => !held.includes(name));
    response.writeHead(answer.status, {
      ...Object.fromEntries(kept),
      'content-length': body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Prism writes its address to standard output once it listens. */
function addressOf(mock: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const failed = (why: string) => reject(new Error(`${why}: ${said.slice(-2000)}`));
    const late = setTimeout(() => failed('Prism has not started in time'), retryPolicy.start);
    late.unref();
    mock.once('error', ({ message }) => failed(message));
    mock.once('exit', () => failed('Prism has ended'));
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-20_000);
      const address = /listening on (http:\/\/127\.0\.0\.1:[1-9]\d*)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    mock.stdout?.on('data', hear);
    mock.stderr?.on('data', hear);
  });
}

function ended(mock: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (mock.exitCode !== null || mock.pid === undefined) return resolve();
    mock.once('exit', () => resolve());
    mock.kill('SIGKILL');
  });
}
