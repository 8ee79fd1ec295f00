import { expect, test } from 'vitest';
import type { Candidate } from '../../src/model/candidates.ts';
import { judgeImage } from '../../src/signing/image.ts';
import type { Signer } from '../../src/signing/signer.ts';
import { fc, tries } from '../support/search.ts';
import {
  bundleCertified,
  bundleSigned,
  digestOf,
  simpleCertified,
  simpleSigned,
  trustedRoot,
} from '../support/signing/cosign.ts';
import { notationSigned } from '../support/signing/notation.ts';
import {
  certificate,
  claim,
  codeSigning,
  keyPair,
  pemOf,
  timeStamping,
} from '../support/signing/pki.ts';
import { declare, now } from '../support/signing/verdict.ts';

const digest = digestOf('a');
const release = keyPair('p256');
const root = certificate({ name: 'C=DE,ST=BE,O=acme,CN=root', ca: true });
const tsaRoot = certificate({ name: 'O=acme,CN=stamp root', ca: true });
const tsa = certificate({ name: 'O=acme,CN=stamps', usage: [timeStamping], issuer: tsaRoot });
const log = keyPair('p256');
const issuer = 'https://login.acme.example';
const subject = 'https://acme.example/release';
const short = { from: '2026-01-10T00:00:00Z', until: '2026-01-10T00:10:00Z' };
const at = '2026-01-10T00:05:00Z';
const leaf = certificate({
  name: 'C=DE,ST=BE,O=acme,CN=leaf',
  issuer: root,
  usage: [codeSigning],
  uri: subject,
  extensions: [claim(8, issuer)],
  ...short,
});
const files = {
  'release.pub': pemOf(release.publicKey),
  'ca.pem': root.pem,
  'tsa.pem': tsaRoot.pem,
  'stamps.json': JSON.stringify(trustedRoot({ ca: root, tsa: [tsa, tsaRoot] })),
  'log.json': JSON.stringify(trustedRoot({ ca: root, log })),
};
const byKey = await declare([{ name: 'key', key: 'release.pub' }], files);
const byStamps = await declare([{ name: 'id', issuer, subject, root: 'stamps.json' }], files);
const byLog = await declare([{ name: 'id', issuer, subject, root: 'log.json' }], files);
const byCa = await declare([{ name: 'ca', ca: 'ca.pem', tsa: 'tsa.pem' }], files);

/** How to reach the decoded bytes of a part of a candidate, and to put others in their place. */
interface Part {
  readonly name: string;
  readonly read: (candidate: Candidate) => Buffer;
  readonly write: (candidate: Candidate, bytes: Buffer) => Candidate;
}

const whole: Part = {
  name: 'the content',
  read: ({ content }) => Buffer.from(content, 'base64'),
  write: (candidate, bytes) => ({ ...candidate, content: bytes.toString('base64') }),
};

/** A part of JSON in the content, in base64. */
function inContent(path: string, encoding: 'base64' | 'base64url' = 'base64'): Part {
  const steps = path.split('.');
  const last = steps.at(-1) ?? '';
  const holder = (json: unknown) =>
    steps.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(Object(value), key), json);
  const parsed = ({ content }: Candidate) => JSON.parse(Buffer.from(content, 'base64').toString());
  return {
    name: path,
    read: (candidate) =>
      Buffer.from(Reflect.get(Object(holder(parsed(candidate))), last), encoding),
    write(candidate, bytes) {
      const json = parsed(candidate);
      Reflect.set(Object(holder(json)), last, bytes.toString(encoding));
      return { ...candidate, content: Buffer.from(JSON.stringify(json)).toString('base64') };
    },
  };
}

function inAnnotation(key: string, path: readonly string[] | null): Part {
  return {
    name: `${key} ${path?.join('.') ?? ''}`,
    read({ annotations }) {
      const text = annotations[key] ?? '';
      if (path === null) return Buffer.from(text, 'base64');
      return Buffer.from(
        path.reduce((value, step) => value[step], JSON.parse(text)),
        'base64',
      );
    },
    write(candidate, bytes) {
      const put = (text: string) => {
        if (path === null) return bytes.toString('base64');
        const json = JSON.parse(text);
        const holder = path.slice(0, -1).reduce((value, step) => value[step], json);
        holder[path.at(-1) ?? ''] = bytes.toString('base64');
        return JSON.stringify(json);
      };
      const text = put(candidate.annotations[key] ?? '');
      return { ...candidate, annotations: { ...candidate.annotations, [key]: text } };
    },
  };
}

const stampPart =
  'verificationMaterial.timestampVerificationData.rfc3161Timestamps.0.signedTimestamp';
const signature = 'dev.cosignproject.cosign/signature';
const entry = 'dev.sigstore.cosign/bundle';

interface Form {
  readonly candidate: Candidate;
  readonly signers: readonly Signer[];
  /** Every bit of these is covered: by the signature, or by that of a log or time-stamp authority. */
  readonly covered: readonly Part[];
}

const forms: Readonly<Record<string, Form>> = {
  'a tag signature by a key': {
    candidate: simpleSigned(digest, release.privateKey),
    signers: byKey,
    covered: [whole, inAnnotation(signature, null)],
  },
  'a bundle by a key': {
    candidate: bundleSigned(digest, release.privateKey),
    signers: byKey,
    covered: [inContent('dsseEnvelope.payload'), inContent('dsseEnvelope.signatures.0.sig')],
  },
  'a bundle by a certificate, time-stamped': {
    candidate: bundleCertified(digest, leaf, { tsa, at }),
    signers: byStamps,
    covered: [
      inContent('dsseEnvelope.payload'),
      inContent('dsseEnvelope.signatures.0.sig'),
      inContent('verificationMaterial.certificate.rawBytes'),
    ],
  },
  'a tag signature by a certificate, logged': {
    candidate: simpleCertified(digest, leaf, log, at),
    signers: byLog,
    covered: [
      whole,
      inAnnotation(signature, null),
      inAnnotation(entry, ['Payload', 'body']),
      inAnnotation(entry, ['SignedEntryTimestamp']),
    ],
  },
  'a Notation JWS, time-stamped': {
    candidate: notationSigned({ digest, chain: [leaf, root], stamp: { by: tsa, at } }),
    signers: byCa,
    covered: [
      inContent('payload', 'base64url'),
      inContent('protected', 'base64url'),
      inContent('signature', 'base64url'),
      inContent('header.x5c.0'),
    ],
  },
};

const judgeOne = (candidate: Candidate, signers: readonly Signer[]) =>
  judgeImage(
    { image: 'v1', digest, candidates: [candidate], unread: [] },
    signers,
    new Date(now),
    'nothing',
  );

const bit = fc.record({ at: fc.nat(), bit: fc.nat(7) });

function flipped(bytes: Buffer, where: { readonly at: number; readonly bit: number }): Buffer {
  const copy = Buffer.from(bytes);
  const index = where.at % copy.length;
  copy[index] = (copy[index] ?? 0) ^ (1 << where.bit);
  return copy;
}

test.each(Object.entries(forms))(
  '%s passes as it is, and with no covered bit changed',
  (_, form) => {
    const { candidate, signers, covered } = form;
    expect(judgeOne(candidate, signers).verdict).toBe('good');
    for (const { name, read, write } of covered) {
      fc.assert(
        fc.property(bit, (where) => {
          const changed = write(candidate, flipped(read(candidate), where));
          expect(judgeOne(changed, signers).verdict, name).not.toBe('good');
        }),
        tries(25),
      );
    }
  },
);

test('a token of a time-stamp authority passes with no bit of its time or imprint changed', () => {
  const { candidate, signers } = forms['a bundle by a certificate, time-stamped'] ?? {};
  if (candidate === undefined || signers === undefined) throw new Error('no such form');
  const { read, write } = inContent(stampPart);
  const token = read(candidate);
  const time = token.indexOf('20260110000500Z');
  expect(time).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.nat(14), fc.nat(7), (offset, which) => {
      const changed = write(candidate, flipped(token, { at: time + offset, bit: which }));
      expect(judgeOne(changed, signers).verdict).not.toBe('good');
    }),
    tries(25),
  );
});

test.each(Object.entries(forms))(
  'no change of %s changes who signed, or makes a refused one good',
  (_, form) => {
    const { candidate, signers } = form;
    const before = judgeOne(candidate, signers);
    const other = digestOf('b');
    fc.assert(
      fc.property(bit, (where) => {
        const changed = whole.write(candidate, flipped(whole.read(candidate), where));
        const after = judgeOne(changed, signers);
        if (after.verdict === 'good') expect(after.says).toBe(before.says);
        const copied = { image: 'v2', digest: other, candidates: [changed], unread: [] };
        expect(judgeImage(copied, signers, new Date(now), 'nothing').verdict).not.toBe('good');
      }),
      tries(60),
    );
  },
);
