import { createHash, verify } from 'node:crypto';
import { type Certificate, certificateOf, usages } from './certificate.ts';
import { chainOf } from './chain.ts';
import { at, children, context, type Der, der, numberOf, oidOf, tags, timeOf } from './der.ts';
import { Refused } from './outcome.ts';

const oids = {
  signedData: '1.2.840.113549.1.7.2',
  stampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

const hashes: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** When something existed, at the earliest and the latest. */
export interface Stamp {
  readonly from: Date;
  readonly until: Date;
}

const wrong = (why: string) => new Refused(`its time-stamp is not good: ${why}`, 'time');

/**
 * Verifies a time-stamp token (RFC 3161, CMS of RFC 5652) over a message by a declared authority. Throws
 * `Refused`.
 */
export function stampOf(
  token: Uint8Array,
  message: Uint8Array,
  anchors: readonly Certificate[],
): Stamp {
  const parts = children(der(token));
  if (oidOf(at(parts, 0)) !== oids.signedData) throw wrong('it is not signed data');
  const signed = children(at(children(at(parts, 1)), 0, tags.sequence));
  const inner = children(at(signed, 2, tags.sequence));
  if (oidOf(at(inner, 0)) !== oids.stampInfo) throw wrong('it holds no time');
  const info = at(children(at(inner, 1)), 0, tags.octets).content;
  const certificates = signed
    .filter((one) => context(one) === 0)
    .flatMap(children)
    .map(({ raw }) => certificateOf(raw));
  const signers = children(at(signed, signed.length - 1, tags.set));
  if (signers.length !== 1) throw wrong('it does not have exactly one signer');
  const signer = signerIn(at(signers, 0), certificates, info);
  const stamp = infoOf(info, message);
  const usage = signer.extendedUsage;
  if (usage === null || !usage.critical || usage.oids.join() !== usages.timeStamping)
    throw wrong('its certificate is not for time-stamps alone');
  chainOf(signer, certificates, anchors, stamp.time);
  const around = stamp.accuracy * 1000;
  return {
    from: new Date(stamp.time.getTime() - around),
    until: new Date(stamp.time.getTime() + around),
  };
}

/** The certificate whose key signed the token. */
function signerIn(signer: Der, certificates: readonly Certificate[], info: Buffer): Certificate {
  const fields = children(signer);
  const sid = children(at(fields, 1, tags.sequence));
  const certificate = certificates.find(
    ({ issuer, serial }) =>
      issuer.raw.equals(at(sid, 0).raw) && serial.equals(at(sid, 1, tags.integer).content),
  );
  if (certificate === undefined) throw wrong('it lacks the certificate of its signer');
  const hash = hashOf(at(fields, 2));
  const signed = fields.find((one) => context(one) === 0);
  if (signed === undefined) throw wrong('its signer signed no attributes');
  const attributes = new Map(
    children(signed).map((one) => {
      const [type, values] = children(one);
      return [type === undefined ? '' : oidOf(type), values] as const;
    }),
  );
  const value = (oid: string) => {
    const values = attributes.get(oid);
    if (values === undefined) throw wrong('an attribute is missing');
    return at(children(values), 0);
  };
  if (oidOf(value(oids.contentType)) !== oids.stampInfo) throw wrong('it is about something else');
  if (!value(oids.messageDigest).content.equals(digest(hash, info)))
    throw wrong('its content was altered');
  if (!isNamed(certificate, attributes)) throw wrong('it names another certificate');
  const position = fields.indexOf(signed);
  const bytes = Buffer.concat([Buffer.from([tags.set]), signed.raw.subarray(1)]);
  const signature = at(fields, position + 2, tags.octets).content;
  if (!verify(hash, bytes, certificate.x509.publicKey, signature))
    throw wrong('its signature does not fit');
  return certificate;
}

/** Whether the signed attributes name the certificate (RFC 5035), so that it cannot be exchanged. */
function isNamed(
  certificate: Certificate,
  attributes: ReadonlyMap<string, Der | undefined>,
): boolean {
  const second = attributes.get(oids.signingCertificateV2);
  const named = second ?? attributes.get(oids.signingCertificate);
  if (named === undefined) return false;
  const list = at(children(at(children(named), 0, tags.sequence)), 0, tags.sequence);
  const parts = children(at(children(list), 0, tags.sequence));
  const explicit = second !== undefined && parts[0]?.tag === tags.sequence;
  const hash = second === undefined ? 'sha1' : explicit ? hashOf(at(parts, 0)) : 'sha256';
  const value = at(parts, explicit ? 1 : 0, tags.octets).content;
  return value.equals(digest(hash, certificate.raw));
}

/** The time in a token, and how exact it is in seconds. */
function infoOf(
  info: Buffer,
  message: Uint8Array,
): { readonly time: Date; readonly accuracy: number } {
  const fields = children(der(info));
  const imprint = children(at(fields, 2, tags.sequence));
  const hash = hashOf(at(imprint, 0));
  if (!at(imprint, 1, tags.octets).content.equals(digest(hash, message)))
    throw wrong('it is of another signature');
  const accuracy = fields[5]?.tag === tags.sequence ? accuracyOf(fields[5]) : 0;
  return { time: timeOf(at(fields, 4, tags.time)), accuracy };
}

function accuracyOf(accuracy: Der): number {
  return children(accuracy).reduce((sum, one) => {
    switch (one.tag) {
      case tags.integer:
        return sum + numberOf(one);
      case 0x80:
        return sum + numberOf(one) / 1000;
      default:
        return sum + numberOf(one) / 1_000_000;
    }
  }, 0);
}

function hashOf(algorithm: Der): string {
  const hash = hashes[oidOf(at(children(algorithm), 0))];
  if (hash === undefined) throw wrong('its hash is not of the SHA-2 family');
  return hash;
}

function digest(hash: string, bytes: Uint8Array): Buffer {
  return createHash(hash).update(bytes).digest();
}
