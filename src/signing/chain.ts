import { type Certificate, keyUsages } from './certificate.ts';
import { Refused } from './outcome.ts';

/** Longest chain, root included. */
const longest = 6;

/** Signature algorithms of certificates; SHA-1 and MD5 are not among them. */
const algorithms = new Set([
  '1.2.840.113549.1.1.10',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '1.3.101.112',
]);

/**
 * The chain from a certificate to one of the anchors, all valid at an instant. node:crypto checks the
 * signatures; CA flag, path length, key usage, validity and critical extensions are checked here. A
 * self-signed certificate that is an anchor itself is a chain of one. Throws `Refused` if there is none.
 */
export function chainOf(
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
): readonly Certificate[] {
  const why = { reason: 'its certificate does not chain to a declared root', far: false };
  const chain = extend([leaf], pool, anchors, { at, why });
  if (chain === null) throw new Refused(why.reason, why.far ? 'time' : 'signer');
  return chain;
}

interface Search {
  readonly at: Date;
  readonly why: { reason: string; far: boolean };
}

function extend(
  chain: readonly Certificate[],
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
  search: Search,
): readonly Certificate[] | null {
  const last = chain.at(-1);
  if (last === undefined || chain.length > longest) return null;
  const isAnchor = anchors.some(({ raw }) => raw.equals(last.raw));
  if (isAnchor && isSelfSigned(last)) return sound(chain, search) ? chain : null;
  if (isSelfSigned(last)) return null;
  for (const issuer of [...anchors, ...pool]) {
    if (chain.some(({ raw }) => raw.equals(issuer.raw)) || !issued(issuer, last)) continue;
    const next = [...chain, issuer];
    const anchored = anchors.some(({ raw }) => raw.equals(issuer.raw));
    // A declared intermediate ends the chain as a root does.
    if (anchored && sound(next, search)) return next;
    const longer = anchored ? null : extend(next, pool, anchors, search);
    if (longer !== null) return longer;
  }
  return null;
}

export function isSelfSigned(certificate: Certificate): boolean {
  return (
    certificate.subject.raw.equals(certificate.issuer.raw) &&
    certificate.x509.verify(certificate.x509.publicKey)
  );
}

function issued(issuer: Certificate, subject: Certificate): boolean {
  return (
    issuer.subject.raw.equals(subject.issuer.raw) &&
    algorithms.has(subject.signatureAlgorithm) &&
    subject.x509.checkIssued(issuer.x509) &&
    subject.x509.verify(issuer.x509.publicKey)
  );
}

/** Whether each certificate may stand where it stands, at the instant of the search. */
function sound(chain: readonly Certificate[], { at, why }: Search): boolean {
  const wrong = chain.map((one, index) => fault(one, index, chain, at)).find((one) => one !== null);
  if (wrong === undefined) return true;
  Object.assign(why, { reason: wrong, far: true });
  return false;
}

function fault(
  { notBefore, notAfter, unknownCritical, basic, keyUsage }: Certificate,
  index: number,
  chain: readonly Certificate[],
  at: Date,
): string | null {
  const which = index === 0 ? 'the certificate' : 'a certificate of its chain';
  if (unknownCritical.length > 0)
    return `${which} has a critical extension that is not enforced here (${unknownCritical[0]})`;
  if (at < notBefore) return `${which} begins on ${dayOf(notBefore)}`;
  if (at > notAfter) return `${which} ended on ${dayOf(notAfter)}`;
  if (index === 0) return null;
  if (basic === null || !basic.ca) return `${which} is not a CA`;
  if (keyUsage !== null && (keyUsage & keyUsages.certSign) === 0)
    return `${which} may not sign certificates`;
  const below = chain.slice(1, index).filter((one) => !one.subject.raw.equals(one.issuer.raw));
  if (basic.pathLength !== null && below.length > basic.pathLength)
    return 'its chain is longer than a CA of it allows';
  return null;
}

/** `2026-01-31 09:00` */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}
