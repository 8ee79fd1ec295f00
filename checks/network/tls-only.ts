import { defineCheck, fail, pass } from '../../src/engine/check.ts';
import { daysBetween } from '../../src/model/instant.ts';

export const tlsOnly = defineCheck({
  id: 'tls-only',
  subject: 'registry',
  severity: 'critical',
  impact: 'exposure',
  title: 'The registry serves only HTTPS, with a valid certificate and a modern TLS version',
  why: 'On an unencrypted path an attacker can read passwords and replace images, and a client that accepts bad certificates notices neither.',
  checklist: ['C1', 'C2'],
  topics: ['tls'],
  references: [
    'https://www.rfc-editor.org/rfc/rfc8996',
    'https://csrc.nist.gov/pubs/sp/800/52/r2/final',
  ],
  needs: ['transport'],

  judge({ transport }, { now }) {
    switch (transport.mode) {
      case 'https-only':
        return served(transport.minimumVersion, transport.certificateEnds, now);
      case 'weak':
        return fail(`HTTPS is weak: ${transport.why}`);
      case 'plain-http':
        return fail(`plain HTTP is used: ${transport.where}`);
    }
  },
});

const fewDaysLeft = 14;

function served(minimumVersion: string, certificateEnds: string | null, now: string) {
  if (!isModern(minimumVersion))
    return fail(`TLS version ${minimumVersion} is accepted; TLS 1.2 is the oldest safe one`);
  const only = `HTTPS only, TLS ${minimumVersion} or newer`;
  if (certificateEnds === null) return pass(only);
  const left = daysBetween(now, certificateEnds);
  if (left < 0) return fail(`the certificate expired on ${certificateEnds}`);
  return left <= fewDaysLeft
    ? fail(`the certificate expires on ${certificateEnds}, in ${left} days`)
    : pass(`${only}; the certificate expires on ${certificateEnds}`);
}

/** An unrecognised version counts as old. */
function isModern(version: string): boolean {
  return ['1.2', '1.3'].includes(version);
}
