import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { HttpError, type HttpSettings } from './http.ts';

export type TlsInput = Pick<HttpSettings, 'caFile' | 'clientCertificate' | 'environment'>;

/** What Node's TLS takes: PEM texts. */
export interface TlsMaterial {
  readonly ca: string[];
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Node's roots, those of NODE_EXTRA_CA_CERTS (which a list of one's own would replace), those of the file,
 * and the client's own certificate. Null: neither is given, and Node's own will do. Throws `HttpError`
 * (`tls`) for a file that cannot be used.
 */
export function tlsMaterial(input: TlsInput): TlsMaterial | null {
  const { caFile, clientCertificate: own } = input;
  if (caFile === undefined && own === undefined) return null;
  const ca = trustedCertificates(input);
  if (own === undefined) return { ca };
  const text = (file: string) => pemIn(file, '--client-cert', 'PRIVATE KEY-----|CERTIFICATE-----');
  return { ca, cert: text(own.certFile), key: text(own.keyFile) };
}

/** The certificates that a server may have, as PEM texts. */
export function trustedCertificates({ caFile, environment }: Omit<TlsInput, 'clientCertificate'>) {
  const extra = environment['NODE_EXTRA_CA_CERTS'] ?? '';
  return [
    ...rootCertificates,
    ...(caFile === undefined ? [] : [pemIn(caFile, '--ca-file', 'BEGIN CERTIFICATE-----')]),
    ...(extra === '' ? [] : [pemIn(extra, 'NODE_EXTRA_CA_CERTS', '')]),
  ];
}

function pemIn(file: string, flag: string, holds: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (new RegExp(holds).test(text)) return text;
    throw new Error('no certificate in it');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HttpError('tls', `the certificates of ${flag} cannot be used: ${why}`);
  }
}
