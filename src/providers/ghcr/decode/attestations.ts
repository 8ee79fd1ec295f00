import { createHash } from 'node:crypto';
import {
  arrayAt,
  booleanAt,
  DecodeError,
  type JsonObject,
  maybeObject,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { type Candidate, largestCandidate } from '../../../model/candidates.ts';
import { kindOfPredicate } from '../../../oci/kinds.ts';
import { aboutBundle } from '../../../oci/signed-content.ts';
import { known } from '../../facts.ts';

/** A page of attestations of several digests. */
export interface AttestationPage {
  /** By digest. One that has none, or none that the token may read, is left out or null. */
  readonly of: ReadonlyMap<string, readonly unknown[]>;
  /** Null: this page is the last. */
  readonly next: string | null;
}

export function attestationPage(raw: unknown): AttestationPage {
  const page = objectOf(raw, 'the response');
  const digests = objectAt(page, 'attestations_subject_digests');
  const pageInfo = objectAt(page, 'page_info');
  const of = Object.keys(digests)
    .filter((digest) => digests[digest] !== null)
    .map((digest) => [digest, arrayAt(digests, digest)] as const);
  return {
    of: new Map(of),
    next: booleanAt(pageInfo, 'has_next') ? stringAt(pageInfo, 'next') : null,
  };
}

/** What one attestation that GitHub keeps is to a digest. */
export interface Attestation {
  readonly kind: 'attestation' | 'signature' | 'doubt' | 'other';
  /** How a finding names it. */
  readonly says: string;
  /** Whether it says how the image was built, which GitHub lets nobody but a workflow state. */
  readonly isProvenance: boolean;
  readonly candidate: Candidate | null;
}

/**
 * Reads what an attestation states. Nothing is verified. One that is about another digest, or states neither
 * provenance nor an SBOM, is `other`; one whose bundle is kept at another host, or is of a kind that is not known,
 * is a doubt.
 */
export function attestation(
  raw: unknown,
  digest: string,
  repositoryName: (id: number) => string,
): Attestation {
  const entry = objectOf(raw, 'an attestation');
  const at = `at GitHub for ${repositoryName(numberAt(entry, 'repository_id'))}`;
  const bundle = maybeObject(entry, 'bundle');
  if (bundle === null) return doubt(`attestation ${at} whose bundle is not in the response`);
  const read = statedIn(bundle);
  if (read === null) return doubt(`attestation ${at} whose bundle is not understood`);
  const { bytes, digests, predicate } = read;
  if (predicate === null) return doubt(`signature ${at} without a statement`);
  if (!digests.includes(digest)) return { ...doubt(''), kind: 'other' };
  const candidate: Candidate | null =
    bytes.length > largestCandidate
      ? null
      : {
          form: 'sigstore-bundle',
          digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
          content: bytes.toString('base64'),
          annotations: {},
        };
  const says = `attested ${at} (${predicate})`;
  const isProvenance = /^https:\/\/slsa\.dev\/provenance\//.test(predicate);
  switch (kindOfPredicate(predicate)) {
    case 'attestation':
      return { kind: 'attestation', says, isProvenance, candidate };
    case 'signature':
      return { kind: 'signature', says, isProvenance: false, candidate };
    case 'other':
      return { kind: 'other', says, isProvenance: false, candidate };
    case 'maybe-attestation':
    case 'maybe-signature':
    case 'unclear':
      return { kind: 'doubt', says, isProvenance: false, candidate };
  }
}

function doubt(says: string): Attestation {
  return { kind: 'doubt', says, isProvenance: false, candidate: null };
}

function statedIn(bundle: JsonObject) {
  const bytes = Buffer.from(JSON.stringify(bundle));
  const about = known('listAttestations', '', () => aboutBundle(bytes));
  return about.state === 'known' ? { bytes, ...about.value } : null;
}

/** The attestations of one digest in one repository. */
export function attestationsOfRepository(raw: unknown): readonly unknown[] {
  return arrayAt(objectOf(raw, 'the response'), 'attestations');
}

/** Throws for a page that names the next one again, which has no end. */
export function mustBeNew(next: string, seen: ReadonlySet<string>): void {
  if (seen.has(next)) throw new DecodeError('the response names a page it has named before');
}
