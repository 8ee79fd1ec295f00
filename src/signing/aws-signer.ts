import type { Candidate } from '../model/candidates.ts';
import type { Attributes } from './notation-envelope.ts';
import { Refused, Undecided } from './outcome.ts';
import type { CaTrust, Signer } from './signer.ts';

const prefix = 'com.amazonaws.signer';

/**
 * Whether a declared profile of AWS Signer signed and AWS revoked nothing (aws/aws-signer-notation-plugin).
 * Out: the profile. The collected answer of `GetRevocationStatus` decides; without it nothing does.
 */
export function requireActive(
  { revocation: answers = [] }: Candidate,
  { texts }: Attributes,
  { profiles }: CaTrust,
  { revocation }: Signer,
): string {
  const version = texts.get(`${prefix}.signingProfileVersion`);
  if (profiles.length === 0) throw new Refused('no signing profile is declared', 'identity');
  if (version === undefined) throw new Refused('it names no signing profile', 'identity');
  const profile = version.slice(0, version.lastIndexOf('/'));
  if (!profiles.includes(profile) && !profiles.includes(version))
    throw new Refused(`it is signed by ${profile}, which is not in expect.signers`, 'identity');
  if (revocation === 'off') return profile;
  const answer = answers.find(({ kind }) => kind === 'aws-signer');
  if (answer === undefined)
    throw new Undecided('whether AWS revoked it needs signer:GetRevocationStatus');
  if (answer.failure !== undefined)
    throw new Undecided(`whether AWS revoked it could not be read (${answer.failure})`);
  const revoked: unknown = JSON.parse(Buffer.from(answer.content ?? '', 'base64').toString());
  if (!Array.isArray(revoked))
    throw new Undecided('what AWS says of its revocation cannot be read');
  if (revoked.length > 0) throw new Refused('AWS Signer revoked it', 'time');
  return profile;
}
