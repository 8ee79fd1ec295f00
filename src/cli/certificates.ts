import { resolve } from 'node:path';
import { refuseIrregular } from '../config/found.ts';
import { UsageError } from '../model/usage-error.ts';
import type { ClientCertificate } from '../providers/contract.ts';
import type { CommandContext } from './command-context.ts';
import type { Environment } from './environment.ts';

type Reading = Pick<CommandContext, 'cwd'>;

const certificate = '-----BEGIN CERTIFICATE-----';

/** The file of trusted certificates as an absolute path. Throws `UsageError` if it holds none. */
export async function certificates(
  file: string | undefined,
  context: Reading,
): Promise<string | undefined> {
  return file === undefined
    ? undefined
    : pem(file, context, (text) => text.includes(certificate), 'certificate');
}

/**
 * The files of `--client-cert` and `--client-key`. Throws `UsageError` for one without the other, and for
 * files that do not hold what they should; a key with a passphrase could not be used.
 */
export async function clientCertificate(
  context: Reading & Pick<CommandContext, 'flags'>,
): Promise<ClientCertificate | undefined> {
  const { flags } = context;
  const [cert, key] = [flags.text('clientCert'), flags.text('clientKey')];
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new UsageError('--client-cert and --client-key are only useful together');
  }
  const plainKey = (text: string) =>
    /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/.test(text) && !text.includes('ENCRYPTED');
  return {
    certFile: await pem(cert, context, (text) => text.includes(certificate), 'certificate'),
    keyFile: await pem(key, context, plainKey, 'private key without a passphrase'),
  };
}

async function pem(
  file: string,
  { cwd }: Reading,
  holds: (text: string) => boolean,
  what: string,
): Promise<string> {
  const { readText } = await import('../config/read-text.ts');
  // It is read again for each connection.
  await refuseIrregular(resolve(cwd, file), file, what);
  if (holds(await readText(file, cwd))) return resolve(cwd, file);
  throw new UsageError(`${file} holds no ${what}`, 'it must be PEM text');
}

/**
 * Throws `UsageError` where the environment switches the verification of certificates off: some of the
 * vendors' libraries would obey, and send credentials to whoever answers.
 */
export function refuseUnverifiedTls(environment: Environment): void {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return;
  throw new UsageError(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 disables certificate verification',
    'unset it; --ca-file trusts the certificates of a private authority',
  );
}
