import { hash } from 'node:crypto';

/** The fingerprint of a finding or of evidence: SHA-256 in hexadecimal. */
export function fingerprint(text: string): string {
  return hash('sha256', text);
}
