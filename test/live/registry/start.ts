import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A running CNCF Distribution, as Debian packages it (docker-registry). */
export interface Registry {
  /** `http://127.0.0.1:port`, or `https://localhost:port` with the certificate of the tests. */
  readonly base: string;
  readonly stop: () => Promise<void>;
}

export type Access =
  /** Everyone may do everything. */
  | { readonly kind: 'open' }
  /** Everyone may read, nobody may write. */
  | { readonly kind: 'read-only' }
  /** Everyone may read what this one reads from another. */
  | { readonly kind: 'cache'; readonly remote: string }
  /** Whoever sends any authorization header may do everything. */
  | { readonly kind: 'silly' }
  /** One user, over TLS; `htpasswd` is a line with a bcrypt hash. */
  | { readonly kind: 'basic'; readonly htpasswd: string }
  /** Tokens of an issuer at this address, over TLS. */
  | { readonly kind: 'token'; readonly realm: string };

const program = 'docker-registry';
const startTime = 30_000;

/** A file of the tests' certificates. */
export function tlsFile(name: string): string {
  return fileURLToPath(new URL(`../../support/tls/${name}`, import.meta.url));
}

/** Whether the registry is installed. */
export function isInstalled(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], (error) => resolve(error === null));
  });
}

/** Starts a registry on a free port with an empty store. Rejects when it does not start in time. */
export async function startRegistry(access: Access): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), 'regaudit-registry-'));
  const clear = () => rm(folder, { recursive: true, force: true });
  await writeFile(join(folder, 'htpasswd'), access.kind === 'basic' ? access.htpasswd : '');
  // YAML is a superset of JSON.
  await writeFile(join(folder, 'config.yml'), JSON.stringify(configOf(access, folder)));
  const server = spawn(program, ['serve', join(folder, 'config.yml')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  const stop = () => ended(server).then(clear);
  try {
    const port = await portOf(server);
    const base = servesTls(access) ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
    return { base, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function configOf(access: Access, folder: string): object {
  const certificate = tlsFile('localhost.test-only.pem');
  const tls = { certificate, key: tlsFile('localhost.test-only.key') };
  return {
    version: 0.1,
    log: { level: 'info' },
    storage: {
      filesystem: { rootdirectory: join(folder, 'data') },
      ...(access.kind === 'read-only' ? { maintenance: { readonly: { enabled: true } } } : {}),
    },
    http: { addr: '127.0.0.1:0', ...(servesTls(access) ? { tls } : {}) },
    ...authOf(access, folder),
  };
}

function servesTls({ kind }: Access): boolean {
  return kind === 'basic' || kind === 'token';
}

function authOf(access: Access, folder: string): object {
  switch (access.kind) {
    case 'open':
    case 'read-only':
      return {};
    case 'cache':
      return { proxy: { remoteurl: access.remote } };
    case 'silly':
      return { auth: { silly: { realm: 'silly-realm', service: 'silly-service' } } };
    case 'basic':
      return { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } };
    case 'token': {
      const rootcertbundle = tlsFile('ca.test-only.pem');
      const { realm } = access;
      return { auth: { token: { realm, service: 'test', issuer: 'test', rootcertbundle } } };
    }
  }
}

/** The registry logs the address it has bound. */
function portOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const failed = (why: string) => reject(new Error(`${why}: ${said}`));
    const late = setTimeout(() => failed('the registry has not started in time'), startTime);
    late.unref();
    server.once('error', ({ message }) => failed(message));
    server.once('exit', () => failed('the registry has ended'));
    server.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000);
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
  });
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined)
      return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGKILL');
  });
}
