import { type Certificate, formatName, nameOf } from './certificate.ts';
import { Refused } from './outcome.ts';
import type { Subject } from './signer.ts';

/** Throws `Refused` unless the subject has all attributes of one of the declared subjects; null: any. */
export function requireSubject(
  certificate: Certificate,
  subjects: readonly Subject[] | null,
): void {
  if (subjects === null) return;
  const name = nameOf(certificate.subject);
  const fits = (subject: Subject) =>
    Object.entries(subject).every(([key, value]) => name.get(key) === value);
  if (subjects.some(fits)) return;
  throw new Refused(
    `it is signed by ${formatName(certificate.subject)}, who is not in expect.signers`,
    'identity',
  );
}
