import { bytesIn } from '../files/pieces.ts';
import { decodeText } from './body.ts';
import { HttpError } from './http.ts';
import { reveal, type Secret, secret } from './secret.ts';

const longestSecret = 64 * 1024;

/** Milliseconds that a pipe is waited for. */
const longestWait = 60_000;

/**
 * Reads a credential from the environment variable `name`, or from the file in `name_FILE` without its final
 * line break; null: neither is set. Never from a flag, which other users of the machine can read. Throws
 * `HttpError` (`credentials`) if the file cannot be used.
 */
export async function secretFrom(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): Promise<Secret | null> {
  const value = environment[name];
  if (value !== undefined && value !== '') return secret(value);
  const text = await textOfFile(environment, name);
  if (text === null) return null;
  const line = text.replace(/\r?\n$/, '');
  if (line === '' || /[\r\n]/.test(line)) {
    throw new HttpError('credentials', `the file of ${name}_FILE does not hold one line`);
  }
  return secret(line);
}

/**
 * The same of a key, which has several lines. A variable may have `\n` for its line breaks, as secret stores
 * of CI systems keep it.
 */
export async function keyTextFrom(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): Promise<Secret | null> {
  const value = environment[name];
  if (value !== undefined && value !== '') return secret(value.replaceAll('\\n', '\n'));
  const text = await textOfFile(environment, name);
  return text === null ? null : secret(text);
}

async function textOfFile(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): Promise<string | null> {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return null;
  const late = AbortSignal.timeout(longestWait);
  const bytes = await bytesIn(file, longestSecret, late).catch((error: NodeJS.ErrnoException) => {
    const why = late.aborted ? 'it does not end' : error.code;
    throw new HttpError('credentials', `the file of ${name}_FILE cannot be read: ${why}`);
  });
  return decodeText(bytes ?? Buffer.alloc(0));
}

/** The `authorization` value for `Basic` (RFC 7617). */
export function basicOf(username: Secret, password: Secret): Secret {
  const pair = `${reveal(username)}:${reveal(password)}`;
  return secret(`Basic ${Buffer.from(pair).toString('base64')}`);
}

export function bearerOf(token: Secret): Secret {
  return secret(`Bearer ${reveal(token)}`);
}
