import { verify } from 'node:crypto';
import type { RevocationAnswer } from '../model/candidates.ts';
import { type Certificate, keyUsages, revocationPlaces } from './certificate.ts';
import { dayOf } from './chain.ts';
import { at, children, context, type Der, der, oidOf, tags, timeOf } from './der.ts';
import { Refused, Undecided } from './outcome.ts';
import type { Stamp } from './timestamp.ts';

interface When {
  readonly now: Date;
  /** The trusted time of the signature, if any. */
  readonly stamp: Stamp | null;
}

/**
 * Throws unless each certificate that names a revocation list is known not to be revoked. A certificate that
 * names none cannot be revoked (as in Notation). In: a verified chain, and what was fetched for it.
 */
export function requireNotRevoked(
  chain: readonly Certificate[],
  answers: readonly RevocationAnswer[],
  when: When,
): void {
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1];
    if (issuer === undefined) continue;
    const { crl, ocsp } = revocationPlaces(certificate);
    if (crl.length > 0) requireUnlisted(certificate, issuer, pick(crl, answers), when);
    else if (ocsp.length > 0)
      throw new Undecided(
        `whether its certificate was revoked is told by OCSP alone (${hostOf(ocsp[0] ?? '')}), which is not read`,
      );
  }
}

function pick(urls: readonly string[], answers: readonly RevocationAnswer[]): Buffer {
  const fetched = answers.filter(({ kind, url }) => kind === 'crl' && urls.includes(url));
  const content = fetched.find((answer) => answer.content !== undefined)?.content;
  if (content !== undefined) return Buffer.from(content, 'base64');
  const why = fetched[0]?.failure ?? 'not fetched';
  throw new Undecided(
    `whether its certificate was revoked could not be read (${hostOf(urls[0] ?? '')}: ${why})`,
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an unknown place';
}

const hashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

/** Judges by a certificate revocation list (RFC 5280, 5). What cannot be trusted says nothing. */
function requireUnlisted(
  certificate: Certificate,
  issuer: Certificate,
  bytes: Buffer,
  { now, stamp }: When,
): void {
  const cannot = (why: string) => new Undecided(`its revocation list ${why}`);
  let entry: Revoked | null;
  try {
    const [tbs, algorithm, signature] = children(der(bytes));
    if (tbs === undefined || algorithm === undefined || signature === undefined)
      throw new Error('cut short');
    const hash = hashes[oidOf(at(children(algorithm), 0))];
    const mayList = issuer.keyUsage === null || (issuer.keyUsage & keyUsages.crlSign) !== 0;
    const good =
      hash !== undefined &&
      mayList &&
      verify(hash, tbs.raw, issuer.x509.publicKey, signature.content.subarray(1));
    if (!good) throw cannot('is not signed by the issuer of the certificate');
    const list = listOf(tbs);
    if (!list.issuer.equals(issuer.subject.raw)) throw cannot('is of another issuer');
    if (list.until === null || list.until < now || list.since > now) throw cannot('is out of date');
    if (list.unknownCritical) throw cannot('covers an unknown part of the certificates');
    entry = list.revoked.find(({ serial }) => serial.equals(certificate.serial)) ?? null;
  } catch (error) {
    if (error instanceof Undecided) throw error;
    throw cannot('cannot be read');
  }
  if (entry === null || entry.reason === reasons.removeFromList) return;
  const later = stamp !== null && entry.invalidSince !== null && entry.invalidSince > stamp.until;
  const harmless =
    entry.reason !== null && entry.reason !== reasons.keyCompromise && entry.reason !== 0;
  if (later && harmless) return;
  throw new Refused(`its certificate was revoked on ${dayOf(entry.at)}`, 'time');
}

const reasons = { keyCompromise: 1, removeFromList: 8 } as const;

interface Revoked {
  readonly serial: Buffer;
  readonly at: Date;
  readonly reason: number | null;
  readonly invalidSince: Date | null;
}

function listOf(tbs: Der) {
  const all = children(tbs);
  const fields = all[0]?.tag === tags.integer ? all.slice(1) : all;
  const isTime = ({ tag }: Der) => tag === tags.utcTime || tag === tags.time;
  const [since, until] = fields.filter(isTime);
  if (since === undefined) throw new Error('no time');
  const last = fields.findLastIndex(isTime);
  const entries = fields[last + 1]?.tag === tags.sequence ? children(at(fields, last + 1)) : [];
  const extensions = fields
    .filter((one) => context(one) === 0)
    .flatMap((one) => children(at(children(one), 0)));
  return {
    issuer: at(fields, 1, tags.sequence).raw,
    since: timeOf(since),
    until: until === undefined ? null : timeOf(until),
    revoked: entries.map(revokedOf),
    // A delta, or a list of some certificates alone, proves nothing of the others.
    unknownCritical: extensions.some((one) => children(one)[1]?.tag === tags.boolean),
  };
}

function revokedOf(entry: Der): Revoked {
  const [serial, time, more] = children(entry);
  if (serial === undefined || time === undefined) throw new Error('cut short');
  const extensions = more === undefined ? [] : children(more).map((one) => children(one));
  const value = (oid: string) => {
    const found = extensions.find(([type]) => type !== undefined && oidOf(type) === oid);
    const last = found?.at(-1);
    return last === undefined ? null : der(last.content);
  };
  const invalid = value('2.5.29.24');
  return {
    serial: serial.content,
    at: timeOf(time),
    reason: value('2.5.29.21')?.content[0] ?? null,
    invalidSince: invalid === null ? null : timeOf(invalid),
  };
}
