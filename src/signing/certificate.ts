import { X509Certificate } from 'node:crypto';
import {
  at,
  children,
  context,
  type Der,
  der,
  numberOf,
  oidOf,
  stringOf,
  tags,
  timeOf,
} from './der.ts';
import { Refused } from './outcome.ts';

/** What rests on a certificate, read from its DER: node:crypto hides or rewrites most of it. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly raw: Buffer;
  /** The signed part. */
  readonly tbs: Buffer;
  readonly serial: Buffer;
  readonly subject: Der;
  readonly issuer: Der;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly signatureAlgorithm: string;
  /** Null: no basic constraints. */
  readonly basic: { readonly ca: boolean; readonly pathLength: number | null } | null;
  /** First byte of the key usage bits; null: the extension is absent. */
  readonly keyUsage: number | null;
  /** Null: the extension is absent. */
  readonly extendedUsage: { readonly oids: readonly string[]; readonly critical: boolean } | null;
  /** Critical extensions whose meaning is not enforced here. */
  readonly unknownCritical: readonly string[];
  readonly extension: (oid: string) => Buffer | null;
}

const oids = {
  keyUsage: '2.5.29.15',
  alternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlPoints: '2.5.29.31',
  extendedUsage: '2.5.29.37',
  authorityAccess: '1.3.6.1.5.5.7.1.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
} as const;
const enforced: readonly string[] = [
  oids.keyUsage,
  oids.alternativeName,
  oids.basicConstraints,
  oids.extendedUsage,
];

export const usages = {
  codeSigning: '1.3.6.1.5.5.7.3.3',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const;

/** Bits of the first byte of the key usage (RFC 5280, 4.2.1.3). */
export const keyUsages = { digitalSignature: 0x80, certSign: 0x04, crlSign: 0x02 } as const;

/** Reads a certificate in DER. Throws `Refused` if it is malformed. */
export function certificateOf(bytes: Uint8Array): Certificate {
  const raw = Buffer.from(bytes);
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(raw);
  } catch {
    throw new Refused('a certificate is malformed');
  }
  const [tbs, algorithm] = children(der(raw));
  if (tbs === undefined || algorithm === undefined) throw new Refused('a certificate is malformed');
  const fields = children(tbs);
  const first = context(at(fields, 0)) === 0 ? 1 : 0;
  const [notBefore, notAfter] = children(at(fields, first + 3, tags.sequence));
  if (notBefore === undefined || notAfter === undefined)
    throw new Refused('a certificate has no validity');
  const extensions = extensionsOf(fields);
  const value = (oid: string) => extensions.get(oid)?.value ?? null;
  return {
    x509,
    raw,
    tbs: tbs.raw,
    serial: at(fields, first, tags.integer).content,
    issuer: at(fields, first + 2, tags.sequence),
    subject: at(fields, first + 4, tags.sequence),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    signatureAlgorithm: oidOf(at(children(algorithm), 0)),
    basic: basicOf(value(oids.basicConstraints)),
    keyUsage: keyUsageOf(value(oids.keyUsage)),
    extendedUsage: extendedOf(extensions.get(oids.extendedUsage)),
    unknownCritical: [...extensions].flatMap(([oid, { critical }]) =>
      critical && !enforced.includes(oid) ? [oid] : [],
    ),
    extension: value,
  };
}

interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

function extensionsOf(fields: readonly Der[]): ReadonlyMap<string, Extension> {
  const holder = fields.find((field) => context(field) === 3);
  if (holder === undefined) return new Map();
  const found = new Map<string, Extension>();
  for (const one of children(at(children(holder), 0, tags.sequence))) {
    const parts = children(one);
    const oid = oidOf(at(parts, 0));
    if (found.has(oid)) throw new Refused('a certificate has an extension twice');
    const critical = parts.length === 3 && at(parts, 1, tags.boolean).content[0] === 0xff;
    found.set(oid, { critical, value: at(parts, parts.length - 1, tags.octets).content });
  }
  return found;
}

function basicOf(value: Buffer | null): Certificate['basic'] {
  if (value === null) return null;
  const parts = children(der(value));
  const ca = parts[0]?.tag === tags.boolean && parts[0].content[0] === 0xff;
  const length = parts.find(({ tag }) => tag === tags.integer);
  return { ca, pathLength: length === undefined ? null : numberOf(length) };
}

function keyUsageOf(value: Buffer | null): number | null {
  return value === null ? null : (der(value).content[1] ?? 0);
}

function extendedOf(extension: Extension | undefined): Certificate['extendedUsage'] {
  if (extension === undefined) return null;
  return { oids: children(der(extension.value)).map(oidOf), critical: extension.critical };
}

/** The subject alternative names of a kind: 1 e-mail, 2 DNS, 6 URI. */
export function alternativeNames(certificate: Certificate, kind: 1 | 2 | 6): readonly string[] {
  const value = certificate.extension(oids.alternativeName);
  if (value === null) return [];
  return children(der(value))
    .filter((name) => context(name) === kind)
    .map(({ content }) => content.toString('utf8'));
}

/** Where the certificate says that its revocation is published. */
export function revocationPlaces(certificate: Certificate): {
  readonly crl: readonly string[];
  readonly ocsp: readonly string[];
} {
  const points = certificate.extension(oids.crlPoints);
  const access = certificate.extension(oids.authorityAccess);
  const crl = points === null ? [] : urisWithin(der(points));
  const ocsp =
    access === null
      ? []
      : children(der(access)).flatMap((one) => {
          const [method, place] = children(one);
          const is = method !== undefined && oidOf(method) === oids.ocsp;
          return is && place !== undefined && context(place) === 6
            ? [place.content.toString('latin1')]
            : [];
        });
  return { crl, ocsp };
}

function urisWithin(node: Der): string[] {
  if (context(node) === 6) return [node.content.toString('latin1')];
  return (node.tag & 0x20) === 0 ? [] : children(node).flatMap(urisWithin);
}

/** The attributes of a subject, by short name or OID, in file order. Throws `Refused` for what names twice. */
export function nameOf(name: Der): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const set of children(name)) {
    const attributes = children(set);
    if (attributes.length !== 1)
      throw new Refused('its subject has several attributes in one part', 'identity');
    const [type, value] = children(at(attributes, 0, tags.sequence));
    if (type === undefined || value === undefined) throw new Refused('a subject is malformed');
    const oid = oidOf(type);
    const key = shortNames[oid] ?? oid;
    if (found.has(key)) throw new Refused(`its subject has ${key} twice`, 'identity');
    found.set(key, stringOf(value));
  }
  return found;
}

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** `CN=release,O=acme`, for people; what cannot be read is left out. */
export function formatName(name: Der): string {
  try {
    return [...nameOf(name)].map(([key, value]) => `${key}=${value}`).join(',');
  } catch {
    return 'a subject with repeated parts';
  }
}

/** All certificates of a PEM text, in order. Throws `Refused` if one is malformed. */
export function certificatesIn(pem: string): readonly Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) =>
    certificateOf(Buffer.from(block.replace(/-----[A-Z ]+-----/g, ''), 'base64')),
  );
}
