import { createHash } from 'node:crypto';
import { DecodeError } from '../decode/fields.ts';
import type { Candidate } from '../model/candidates.ts';
import { certificateOf } from './certificate.ts';
import { notationOf } from './notation-envelope.ts';
import { Refused } from './outcome.ts';

/** What `GetRevocationStatus` of AWS Signer is asked about a signature. */
export interface RevocationQuestion {
  readonly signatureTimestamp: Date;
  readonly platformId: string;
  readonly profileVersionArn: string;
  readonly jobArn: string;
  readonly certificateHashes: readonly string[];
}

const prefix = 'com.amazonaws.signer';

/**
 * The question to AWS about a candidate, as its plugin for Notation asks it (aws/aws-signer-notation-plugin,
 * internal/verifier); null: it is no signature of AWS Signer, or malformed. Nothing is verified yet.
 */
export function revocationQuestion(candidate: Candidate): RevocationQuestion | null {
  if (candidate.form !== 'notation-jws' && candidate.form !== 'notation-cose') return null;
  try {
    const { attributes, chain } = notationOf(candidate);
    const { plugin, authenticTime, texts } = attributes;
    const profileVersionArn = texts.get(`${prefix}.signingProfileVersion`);
    const jobArn = texts.get(`${prefix}.signingJob`);
    if (plugin !== `${prefix}.notation.plugin` || authenticTime === null) return null;
    if (profileVersionArn === undefined || jobArn === undefined) return null;
    const hashes = chain.map((one) =>
      createHash('sha384').update(certificateOf(one).tbs).digest('hex'),
    );
    return {
      signatureTimestamp: authenticTime,
      platformId: 'Notation-OCI-SHA384-ECDSA',
      profileVersionArn,
      jobArn,
      // Each with its issuer's; the last one, of the root, is its own issuer.
      certificateHashes: hashes.map((hash, at) => hash + (hashes[at + 1] ?? hash)),
    };
  } catch (error) {
    if (error instanceof Refused || error instanceof DecodeError) return null;
    throw error;
  }
}
