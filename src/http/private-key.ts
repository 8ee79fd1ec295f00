import { createPrivateKey, type KeyObject } from 'node:crypto';
import { keyTextFrom } from './credential-source.ts';
import { HttpError } from './http.ts';
import { reveal } from './secret.ts';

/**
 * The RSA private key in the environment variable `name`, or in the file of `name_FILE`, as PEM without a
 * passphrase; null: neither is set. Throws `HttpError` (`credentials`) if there is no such key, without a word
 * of what is there.
 */
export async function privateKeyFrom(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): Promise<KeyObject | null> {
  const text = await keyTextFrom(environment, name);
  if (text === null) return null;
  const key = parsed(reveal(text));
  if (key?.asymmetricKeyType === 'rsa') return key;
  throw new HttpError('credentials', `${name} holds no RSA private key (PEM, without passphrase)`);
}

function parsed(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    // The words of the parser may repeat the key.
    return null;
  }
}
