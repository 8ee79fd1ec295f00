import { DecodeError } from '../decode/fields.ts';
import type { Candidate } from '../model/candidates.ts';
import { requireAuthority } from './authority.ts';
import { type Certificate, certificateOf, formatName } from './certificate.ts';
import { claimsOf, formatClaims, requireIdentity } from './claims.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import { globMatches } from './glob.ts';
import { certificateIn, signerOf } from './keyless.ts';
import { judgeNotation, openedNotation } from './notation.ts';
import { type Outcome, Refused, Undecided } from './outcome.ts';
import { fits } from './public-key.ts';
import type { Signer } from './signer.ts';
import { signatureStatement } from './statement.ts';

/** What of an image is judged: its digest, at an instant. */
export interface Image {
  readonly digest: string;
  readonly now: Date;
}

/** What one signer makes of one candidate. Never throws: what cannot be examined is undecided. */
export function judge(candidate: Candidate, signer: Signer, image: Image): Outcome {
  try {
    return judged(candidate, signer, image);
  } catch (error) {
    if (error instanceof Refused)
      return { verdict: 'refused', says: error.message, step: error.step };
    if (error instanceof DecodeError)
      return { verdict: 'refused', says: `it is malformed: ${error.message}`, step: 'form' };
    if (error instanceof Undecided) return { verdict: 'undecided', says: error.message };
    return { verdict: 'undecided', says: 'it cannot be examined by this regaudit' };
  }
}

function judged(candidate: Candidate, signer: Signer, image: Image): Outcome {
  if (candidate.form === 'notation-jws' || candidate.form === 'notation-cose')
    return ofNotation(candidate, signer, image);
  const envelope = openedEnvelope(candidate, image.digest);
  const good = bySigner(envelope, candidate, signer, image);
  requireStatement(envelope, signer);
  return good;
}

function ofNotation(candidate: Candidate, signer: Signer, image: Image): Outcome {
  const { trust } = signer;
  if (trust.kind !== 'ca') {
    const { chain } = openedNotation(candidate, image.digest);
    const [leaf] = chain.map(certificateOf);
    const whom = leaf === undefined ? 'nobody' : formatName(leaf.subject);
    throw new Refused(
      `it is a Notation signature by ${whom}, who is not in expect.signers`,
      'kind',
    );
  }
  const good = judgeNotation(candidate, signer, trust, image);
  if (!signer.statements.includes(signatureStatement))
    throw new Refused('it is a signature, and only statements of other types count', 'statement');
  return good;
}

/** Opens it and checks what no trust is needed for: it must name the image. */
function openedEnvelope(candidate: Candidate, digest: string): Envelope {
  const envelope = envelopeOf(candidate);
  const { digests } = envelope.said;
  if (!digests.includes(digest)) {
    const [other = 'nothing'] = digests;
    throw new Refused(`the signature filed here is of ${other}`);
  }
  return envelope;
}

function bySigner(
  envelope: Envelope,
  candidate: Candidate,
  signer: Signer,
  { now }: Image,
): Extract<Outcome, { verdict: 'good' }> {
  const { trust } = signer;
  switch (trust.kind) {
    case 'key': {
      const fit = trust.keys.map((key) => fits(key, envelope.covered, envelope.signature));
      if (fit.includes('yes')) return { verdict: 'good', says: signer.name, ends: null };
      if (fit.includes('cannot'))
        throw new Undecided(
          'a signature of a declared Ed25519 key may be of a kind not verified here',
        );
      throw new Refused(`it is signed by ${otherSigner(envelope)} not in expect.signers`, 'kind');
    }
    case 'identity': {
      const claims = signerOf(envelope, trust);
      requireIdentity(claims, trust.identity);
      return { verdict: 'good', says: formatClaims(claims), ends: null };
    }
    case 'ca': {
      const leaf = certificateIn(envelope);
      if (leaf === null)
        throw new Refused('it is signed with a key, not with a certificate', 'kind');
      if (
        fits({ key: leaf.x509.publicKey, hash: null }, envelope.covered, envelope.signature) !==
        'yes'
      )
        throw new Refused('the signature does not fit what it signs');
      const { by, ends } = requireAuthority(
        {
          leaf,
          pool: [],
          signature: envelope.signature,
          stamps: [],
          authenticTime: null,
          answers: candidate.revocation ?? [],
        },
        trust,
        signer,
        now,
      );
      return { verdict: 'good', says: by, ends };
    }
    case 'skip':
      throw new Refused('nothing is verified here', 'kind');
  }
}

function otherSigner(envelope: Envelope): string {
  const leaf: Certificate | null = certificateIn(envelope);
  if (leaf === null) return 'a key that is';
  return `${formatClaims(claimsOf(leaf))}, who is`;
}

function requireStatement({ said }: Envelope, { statements, builders }: Signer): void {
  const type = said.predicate ?? signatureStatement;
  if (!statements.includes(type))
    throw new Refused(
      `only a statement of type ${type} by a declared signer: that is no signature of release`,
      'statement',
    );
  if (builders.length === 0) return;
  const { builder } = said;
  if (builder === null || !builders.some((one) => globMatches(one, builder)))
    throw new Refused(
      `it was built by ${builder ?? 'an unnamed builder'}, which is not declared`,
      'statement',
    );
}
