import type { RevocationAnswer } from '../model/candidates.ts';
import { type Certificate, formatName, keyUsages, usages } from './certificate.ts';
import { chainOf, dayOf } from './chain.ts';
import { Refused } from './outcome.ts';
import { requireNotRevoked } from './revocation.ts';
import type { CaTrust, Signer } from './signer.ts';
import { requireSubject } from './subject.ts';
import { type Stamp, stampOf } from './timestamp.ts';

export interface Signed {
  readonly leaf: Certificate;
  /** Further certificates that the signature brings. */
  readonly pool: readonly Certificate[];
  readonly signature: Buffer;
  /** Time-stamp tokens. */
  readonly stamps: readonly Buffer[];
  /** When the signing authority says that it signed; null: not such a signature. */
  readonly authenticTime: Date | null;
  readonly answers: readonly RevocationAnswer[];
}

/**
 * Whether a certificate of a declared CA signed, in time, under a declared subject. Out: who signed, for
 * people, and when the certificate ends if nothing but the present time supports it. Throws `Refused` or
 * `Undecided`.
 */
export function requireAuthority(
  signed: Signed,
  trust: CaTrust,
  { revocation }: Pick<Signer, 'revocation'>,
  now: Date,
): { readonly by: string; readonly ends: string | null } {
  const { leaf, pool } = signed;
  requireLeaf(leaf);
  const stamp = stampFor(signed, trust, now);
  const times = stamp === null ? [signed.authenticTime ?? now] : [stamp.from, stamp.until];
  const chains = times.map((at) => chainOf(leaf, pool, trust.anchors, at));
  requireSubject(leaf, trust.subjects);
  const [chain = []] = chains;
  if (revocation === 'check') requireNotRevoked(chain, signed.answers, { now, stamp });
  const bare = stamp === null && signed.authenticTime === null;
  return { by: formatName(leaf.subject), ends: bare ? dayOf(leaf.notAfter) : null };
}

/** The trusted time of a signature, where one is needed. */
function stampFor({ leaf, stamps, signature }: Signed, trust: CaTrust, now: Date): Stamp | null {
  const { stamps: authorities, stampWhen } = trust;
  if (authorities.length === 0) return null;
  if (stampWhen === 'expired' && now <= leaf.notAfter) return null;
  const [first] = stamps;
  if (first === undefined) {
    const ended =
      now > leaf.notAfter ? `the certificate ended on ${dayOf(leaf.notAfter)} and ` : '';
    throw new Refused(`${ended}no trusted time-stamp says when it was signed`, 'time');
  }
  return stampOf(first, signature, authorities);
}

/** What a signing certificate must be (notaryproject/specifications, signature-specification.md). */
function requireLeaf({ basic, keyUsage, extendedUsage }: Certificate): void {
  if (basic?.ca === true) throw new Refused('its certificate is that of a CA', 'signer');
  if (keyUsage !== null && (keyUsage & keyUsages.digitalSignature) === 0)
    throw new Refused('its certificate is not for signatures', 'signer');
  if (extendedUsage !== null && !extendedUsage.oids.includes(usages.codeSigning))
    throw new Refused('its certificate is not for signing code', 'signer');
}
