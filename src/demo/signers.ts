import type { SignerEntry } from '../model/signer-entry.ts';

/** The file that the signer of the demo names. */
export const demoKeyFile = 'release.pub';

/** A public key whose private key signed images of the demo and was thrown away. */
export const demoKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEukSsZcwt91wf291r8cOlHD5YFg7B
/AEEK7/I8Skcbycdm68mSeUuwB3lhG1+yhQHLnlNZt771c2e+p3b0ef4ZA==
-----END PUBLIC KEY-----
`;

/** Whose signatures the demo expects: at one registry they are there, at others somebody else's or unread. */
export const demoSigners: readonly SignerEntry[] = [
  {
    name: 'release key',
    repositories: ['shop', 'shop/*', 'acme/shop', 'acme/app'],
    key: demoKeyFile,
  },
];
