import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  bits,
  element,
  integer,
  octets,
  oid,
  plain,
  sequence,
  set,
  tagged,
  time,
  utf8,
  yes,
} from './der.ts';

/** A certificate and its key, made by a test. */
export interface Party {
  readonly der: Buffer;
  readonly pem: string;
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
  readonly name: Buffer;
  readonly issuerName: Buffer;
  readonly serial: number;
}

export type KeyKind = 'p256' | 'p384' | 'p521' | 'rsa' | 'ed25519';

const rsa = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>();

/** A key pair; RSA keys are made once, because that takes long. */
export function keyPair(
  kind: KeyKind,
  which = '',
): {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
} {
  switch (kind) {
    case 'p256':
      return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    case 'p384':
      return generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    case 'p521':
      return generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
    case 'ed25519':
      return generateKeyPairSync('ed25519');
    case 'rsa': {
      const made = rsa.get(which) ?? generateKeyPairSync('rsa', { modulusLength: 2048 });
      rsa.set(which, made);
      return made;
    }
  }
}

export function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

const attributes: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  ST: '2.5.4.8',
  O: '2.5.4.10',
};

/** A name such as `C=DE,ST=BE,O=acme`; `+` joins attributes of one part. */
export function nameOf(text: string): Buffer {
  const attribute = (one: string) => {
    const [key = '', value = ''] = one.split('=');
    return sequence(oid(attributes[key] ?? ''), utf8(value));
  };
  return sequence(...text.split(',').map((part) => set(...part.split('+').map(attribute))));
}

export interface Wish {
  readonly name: string;
  readonly key?: KeyKind;
  readonly from?: string;
  readonly until?: string;
  readonly issuer?: Party;
  readonly ca?: boolean;
  readonly pathLength?: number;
  /** OIDs of the extended key usage; critical if it is for time-stamps. */
  readonly usage?: readonly string[];
  readonly uri?: string;
  readonly crl?: string;
  readonly ocsp?: string;
  readonly extensions?: readonly Buffer[];
  readonly serial?: number;
}

export const codeSigning = '1.3.6.1.5.5.7.3.3';
export const timeStamping = '1.3.6.1.5.5.7.3.8';
export const serverAuth = '1.3.6.1.5.5.7.3.1';

export function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [yes] : []), octets(value));
}

/** An extension of Fulcio with a text. */
export function claim(number: number, text: string): Buffer {
  return extension(`1.3.6.1.4.1.57264.1.${number}`, utf8(text));
}

let serials = 1000;

/** Makes a certificate. */
export function certificate(wish: Wish): Party {
  const { key: kind = 'p256', ca = false, usage, uri, crl, ocsp } = wish;
  const { privateKey, publicKey } = keyPair(kind, wish.name);
  serials += 1;
  const serial = wish.serial ?? serials;
  const name = nameOf(wish.name);
  const issuer = wish.issuer ?? { name, key: privateKey };
  const path = wish.pathLength === undefined ? [] : [integer(wish.pathLength)];
  const all = [
    extension('2.5.29.19', sequence(...(ca ? [yes, ...path] : [])), true),
    // Certificates and revocation lists, or signatures.
    extension('2.5.29.15', element(0x03, Buffer.from(ca ? [1, 0x06] : [7, 0x80])), true),
    ...(usage === undefined
      ? []
      : [extension('2.5.29.37', sequence(...usage.map(oid)), usage.includes(timeStamping))]),
    ...(uri === undefined ? [] : [extension('2.5.29.17', sequence(plain(6, Buffer.from(uri))))]),
    ...(crl === undefined
      ? []
      : [
          extension(
            '2.5.29.31',
            sequence(sequence(tagged(0, tagged(0, plain(6, Buffer.from(crl)))))),
          ),
        ]),
    ...(ocsp === undefined
      ? []
      : [
          extension(
            '1.3.6.1.5.5.7.1.1',
            sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), plain(6, Buffer.from(ocsp)))),
          ),
        ]),
    ...(wish.extensions ?? []),
  ];
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(serial),
    algorithmOf(issuer.key),
    issuer.name,
    sequence(
      time(new Date(wish.from ?? '2026-01-01T00:00:00Z')),
      time(new Date(wish.until ?? '2030-01-01T00:00:00Z')),
    ),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...all)),
  );
  const der = sequence(tbs, algorithmOf(issuer.key), bits(signed(tbs, issuer.key)));
  return {
    der,
    pem: certificatePem(der),
    key: privateKey,
    publicKey,
    name,
    issuerName: issuer.name,
    serial,
  };
}

export function certificatePem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export function algorithmOf(key: KeyObject): Buffer {
  return key.asymmetricKeyType === 'rsa'
    ? sequence(oid('1.2.840.113549.1.1.11'), Buffer.from([5, 0]))
    : sequence(oid('1.2.840.10045.4.3.2'));
}

export function signed(bytes: Uint8Array, key: KeyObject): Buffer {
  return sign('sha256', bytes, key);
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** A revocation list of an authority: serials, and when and why each was revoked. */
export function revocationList(
  by: Party,
  revoked: readonly {
    readonly serial: number;
    readonly at: string;
    readonly reason?: number;
    readonly since?: string;
  }[],
  { from = '2026-01-01T00:00:00Z', until = '2029-01-01T00:00:00Z' } = {},
): Buffer {
  const entries = revoked.map(({ serial, at, reason, since }) => {
    const more = [
      ...(reason === undefined
        ? []
        : [extension('2.5.29.21', element(0x0a, Buffer.from([reason])))]),
      ...(since === undefined ? [] : [extension('2.5.29.24', time(new Date(since)))]),
    ];
    return sequence(
      integer(serial),
      time(new Date(at)),
      ...(more.length === 0 ? [] : [sequence(...more)]),
    );
  });
  const tbs = sequence(
    integer(1),
    algorithmOf(by.key),
    by.name,
    time(new Date(from)),
    time(new Date(until)),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
  );
  return sequence(tbs, algorithmOf(by.key), bits(signed(tbs, by.key)));
}
