import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, maybeObject, maybeString, objectOf, stringAt } from '../decode/fields.ts';
import { bytesIn } from '../files/pieces.ts';
import { decodeText } from './body.ts';
import { HttpError } from './http.ts';
import { jsonOf } from './json.ts';
import { type Secret, secret } from './secret.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A credential stored by `docker login`: a password, or a token for the registry's token service. */
export type RegistryCredentials =
  | { readonly kind: 'password'; readonly username: Secret; readonly password: Secret }
  | { readonly kind: 'identity-token'; readonly token: Secret };

/** Docker stores Docker Hub under a special key (docker/cli, cli/config/credentials). */
const hubKey = 'https://index.docker.io/v1/';
const hubHosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'hub.docker.com'];

/** Limits of a credential helper: milliseconds, and bytes of output. */
const helperTime = 15_000;
const helperOutput = 64 * 1024;

/**
 * The credentials for a registry (`registry.example.org[:port]`) in Docker's configuration; null: none.
 * Docker's order: the helper of this registry, the credential store, the file. Throws `HttpError`
 * (`credentials`) if a file or helper exists but cannot be used.
 */
export async function dockerCredentials(
  registry: string,
  environment: Environment,
): Promise<RegistryCredentials | null> {
  const config = await configOf(environment);
  if (config === null) return null;
  try {
    const helper = helperFor(config, registry);
    if (helper === null) return credentialsFromFile(config, registry);
    return await credentialsFromHelper(helper, keyOf(registry), environment);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    // The content of the configuration is not repeated: it may hold a credential.
    throw unusable('the Docker configuration does not match its documented format');
  }
}

/** Whether Docker's configuration names a registry. Runs no helper and reads no credential. */
export async function hasDockerCredentials(
  registry: string,
  environment: Environment,
): Promise<boolean> {
  const config = await configOf(environment).catch(() => null);
  if (config === null) return false;
  return ['auths', 'credHelpers'].some((key) => {
    const entries = config[key];
    if (typeof entries !== 'object' || entries === null) return false;
    return Object.keys(entries).some((name) => hostOf(name) === hostOf(keyOf(registry)));
  });
}

function unusable(why: string): HttpError {
  return new HttpError('credentials', why);
}

function keyOf(registry: string): string {
  return hubHosts.includes(registry) ? hubKey : registry;
}

async function configOf(environment: Environment): Promise<JsonObject | null> {
  const folder = environment['DOCKER_CONFIG'] || join(environment['HOME'] || homedir(), '.docker');
  try {
    return objectOf(jsonOf(await fileText(join(folder, 'config.json'))), 'the file');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw unusable(`the Docker configuration cannot be read: ${code ?? 'it is not JSON'}`);
  }
}

/** Most bytes of Docker's configuration. */
const largestFile = 1024 * 1024;

async function fileText(path: string): Promise<string> {
  const bytes = await bytesIn(path, largestFile, AbortSignal.timeout(10_000));
  if (bytes === null) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
  return decodeText(bytes);
}

function helperFor(config: JsonObject, registry: string): string | null {
  const helpers = maybeObject(config, 'credHelpers') ?? {};
  const own = [registry, keyOf(registry)].find((key) => Object.hasOwn(helpers, key));
  return own === undefined ? maybeString(config, 'credsStore') : stringAt(helpers, own);
}

function credentialsFromFile(config: JsonObject, registry: string): RegistryCredentials | null {
  const entries = Object.entries(maybeObject(config, 'auths') ?? {});
  const wanted = hostOf(keyOf(registry));
  const found = entries.find(([key]) => hostOf(key) === wanted);
  if (found === undefined) return null;
  const entry = objectOf(found[1], 'an entry of auths');
  const token = maybeString(entry, 'identitytoken');
  if (token !== null) return { kind: 'identity-token', token: secret(token) };
  const auth = entry['auth'] === '' ? null : maybeString(entry, 'auth');
  // `docker login` leaves an empty entry if a credential store holds the credential.
  if (auth === null) return null;
  const pair = Buffer.from(auth, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 1) throw unusable('an entry of auths is not user:password in base64');
  return password(pair.slice(0, colon), pair.slice(colon + 1).replace(/\0+$/, ''));
}

/** `https://host/v1/` and `host` name the same registry. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function password(username: string, clear: string): RegistryCredentials {
  return { kind: 'password', username: secret(username), password: secret(clear) };
}

/** Runs `docker-credential-NAME get` (docker/docker-credential-helpers, README). */
async function credentialsFromHelper(
  name: string,
  key: string,
  environment: Environment,
): Promise<RegistryCredentials | null> {
  // The name becomes part of a program name: no path, no shell.
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name))
    throw unusable('the name of the credential helper is invalid');
  const { code, stdout } = await run(`docker-credential-${name}`, key, environment);
  if (code !== 0) {
    if (stdout.trim() === 'credentials not found in native keychain') return null;
    throw unusable(`docker-credential-${name} exited with ${code}`);
  }
  const answer = objectOf(jsonOf(stdout), 'the output');
  const clear = answer['Secret'];
  if (typeof clear !== 'string' || clear === '') return null;
  const username = stringAt(answer, 'Username');
  if (username === '<token>') return { kind: 'identity-token', token: secret(clear) };
  return password(username, clear);
}

function run(
  program: string,
  input: string,
  environment: Environment,
): Promise<{ code: number | string; stdout: string }> {
  const options = {
    env: { ...environment },
    timeout: helperTime,
    killSignal: 'SIGKILL' as const,
    maxBuffer: helperOutput,
    windowsHide: true,
  };
  return new Promise((resolve) => {
    const child = execFile(program, ['get'], options, (error, stdout) => {
      if (error === null) resolve({ code: 0, stdout });
      else resolve({ code: error.code ?? error.signal ?? 'an error', stdout });
    });
    // A helper may not read its input: ignore the broken pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
