import { expect, test } from 'vitest';
import type { Candidate, RevocationAnswer } from '../../src/model/candidates.ts';
import type { BuilderEntry } from '../../src/model/signer-entry.ts';
import { digestOf } from '../support/signing/cosign.ts';
import { type NotationWish, notationSigned } from '../support/signing/notation.ts';
import {
  certificate,
  codeSigning,
  revocationList,
  serverAuth,
  timeStamping,
  type Wish,
} from '../support/signing/pki.ts';
import { declare, type Filed, judged } from '../support/signing/verdict.ts';

const root = certificate({ name: 'C=DE,ST=BE,O=acme,CN=root', ca: true });
const tsaRoot = certificate({ name: 'O=acme,CN=stamp root', ca: true });
const tsa = certificate({ name: 'O=acme,CN=stamps', usage: [timeStamping], issuer: tsaRoot });
const acme = 'C=DE,ST=BE,O=acme,CN=nleaf';
const leaf = (wish: Partial<Wish> = {}) =>
  certificate({ name: acme, issuer: root, usage: [codeSigning], ...wish });
const shortLived = (wish: Partial<Wish> = {}) =>
  leaf({ from: '2026-01-10T00:00:00Z', until: '2026-01-10T00:01:00Z', ...wish });

const digest = digestOf('a');
const image = (...candidates: readonly Candidate[]): Filed => ({ image: 'v1', digest, candidates });
const signed = (wish: Partial<NotationWish> = {}) =>
  notationSigned({ digest, chain: [leaf(), root], ...wish });

const policy = (change: object = {}, verification: object = { level: 'strict' }) =>
  JSON.stringify({
    version: '1.0',
    trustPolicies: [
      {
        name: 'all',
        registryScopes: ['*'],
        signatureVerification: verification,
        trustStores: ['ca:acme'],
        trustedIdentities: ['x509.subject: C=DE, ST=BE, O=acme'],
        ...change,
      },
    ],
  });
const files = {
  'ca.pem': root.pem,
  'tsa.pem': tsaRoot.pem,
  'notation/trustpolicy.json': policy(),
  'notation/anybody.json': policy({ trustedIdentities: ['*'] }),
  'notation/audit.json': policy(
    { trustedIdentities: ['x509.subject: C=DE, ST=BE, O=acme, CN=nleaf'] },
    { level: 'audit' },
  ),
  'notation/always.json': policy({ trustStores: ['ca:acme', 'tsa:stamps'] }),
  'notation/truststore/x509/ca/acme/root.pem': root.pem,
  'notation/truststore/x509/tsa/stamps/root.pem': tsaRoot.pem,
};
const by = (entry: Partial<BuilderEntry>) => declare([{ name: 'notation', ...entry }], files);
const byCa = (change: Partial<BuilderEntry> = {}) => by({ ca: 'ca.pem', ...change });

test('JWS and COSE with ECDSA and RSA pass by a trust policy, by a CA and by a subject', async () => {
  for (const form of ['notation-jws', 'notation-cose'] as const) {
    for (const key of ['p256', 'p384', 'rsa'] as const) {
      const one = signed({ form, chain: [leaf({ key }), root] });
      for (const signers of [
        await by({ policy: 'notation/trustpolicy.json' }),
        await by({ policy: 'notation/anybody.json' }),
        await byCa(),
        await byCa({ subject: { CN: 'nleaf', O: 'acme' } }),
      ])
        expect(judged([image(one)], signers)).toMatchObject({ word: 'pass' });
    }
  }
});

test('another subject, another root, another digest and an altered payload fail', async () => {
  const nother = signed({ chain: [leaf({ name: 'C=DE,ST=BE,O=acme,CN=nother' }), root] });
  const eve = certificate({ name: 'C=DE,ST=BE,O=acme,CN=root', ca: true });
  const good = signed();
  const jws = JSON.parse(Buffer.from(good.content, 'base64').toString());
  const target = Buffer.from(jws.payload, 'base64url').toString().replace('500', '501');
  const altered = { ...jws, payload: Buffer.from(target).toString('base64url') };
  const candidates = [
    nother,
    signed({ chain: [leaf({ issuer: eve }), eve] }),
    signed({ chain: [leaf()] }),
    { ...good, content: Buffer.from(JSON.stringify(altered)).toString('base64') },
    signed({ digest: digestOf('b') }),
    { ...good, content: Buffer.from('{}').toString('base64') },
  ];
  const signers = await byCa({ subject: { CN: 'nleaf' } });
  // A leaf that its declared root issued needs no root beside it.
  const words = candidates.map((one) => judged([image(one)], signers).word);
  expect(words).toEqual(['fail', 'fail', 'pass', 'fail', 'fail', 'fail']);
});

test('a leaf that has ended fails without a time-stamp and passes with one of its life', async () => {
  const chain = [shortLived(), root] as const;
  const stamp = { by: tsa, at: '2026-01-10T00:00:30Z' };
  const signers = await byCa({ tsa: 'tsa.pem' });
  expect(judged([image(signed({ chain }))], await byCa()).says).toContain(
    'ended on 2026-01-10 00:01',
  );
  expect(judged([image(signed({ chain }))], signers).says).toContain('no trusted time-stamp');
  for (const form of ['notation-jws', 'notation-cose'] as const)
    expect(judged([image(signed({ chain, stamp, form }))], signers)).toMatchObject({
      word: 'pass',
    });
  const eve = certificate({
    name: 'O=acme,CN=stamps',
    usage: [timeStamping],
    issuer: leaf({ ca: true }),
  });
  const web = certificate({ name: 'O=acme,CN=stamps', usage: [serverAuth], issuer: tsaRoot });
  for (const wrong of [
    { ...stamp, at: '2026-01-10T00:05:00Z' },
    { ...stamp, over: Buffer.from('another signature') },
    { ...stamp, by: eve },
    { ...stamp, by: web },
  ])
    expect(judged([image(signed({ chain, stamp: wrong }))], signers).word).toBe('fail');
});

test('a policy that names a time-stamp store needs a stamp even while the leaf holds', async () => {
  const signers = await by({ policy: 'notation/always.json' });
  expect(judged([image(signed())], signers).word).toBe('fail');
  const stamp = { by: tsa, at: '2026-01-10T00:00:30Z' };
  expect(judged([image(signed({ stamp }))], signers).word).toBe('pass');
});

test('a signature whose signer let it end fails', async () => {
  for (const form of ['notation-jws', 'notation-cose'] as const) {
    const expiry = '2026-01-20T00:00:00Z';
    expect(judged([image(signed({ form, expiry }))], await byCa()).says).toContain(
      'the signer let it end on 2026-01-20 00:00',
    );
    const later = signed({ form, expiry: '2026-03-01T00:00:00Z' });
    expect(judged([image(later)], await byCa()).word).toBe('pass');
  }
});

const url = 'http://crl.acme.example/root.crl';
const answer = (content: Buffer | null): RevocationAnswer =>
  content === null
    ? { kind: 'crl', url, failure: 'connection refused' }
    : { kind: 'crl', url, content: content.toString('base64') };

test('a certificate with a revocation list passes, fails or is unknown as the list says', async () => {
  const one = leaf({ crl: url });
  const candidate = signed({ chain: [one, root] });
  const at = '2026-01-15T00:00:00Z';
  const revoked = revocationList(root, [{ serial: one.serial, at, reason: 4 }]);
  const eve = certificate({ name: 'C=DE,ST=BE,O=acme,CN=root', ca: true });
  const say = async (answers: readonly RevocationAnswer[], change: Partial<BuilderEntry> = {}) =>
    judged([image({ ...candidate, revocation: [...answers] })], await byCa(change));
  expect((await say([answer(revocationList(root, []))])).word).toBe('pass');
  expect(await say([answer(revoked)])).toMatchObject({
    word: 'fail',
    says: expect.stringContaining('its certificate was revoked on 2026-01-15'),
  });
  expect(await say([answer(null)])).toEqual({
    word: 'unknown',
    says: 'v1: whether its certificate was revoked could not be read (crl.acme.example: connection refused)',
  });
  for (const bad of [
    revocationList(eve, []),
    revocationList(root, [], { until: '2026-01-20T00:00:00Z' }),
    Buffer.from('<html>'),
  ])
    expect((await say([answer(bad)])).word).toBe('unknown');
  expect((await say([])).word).toBe('unknown');
  expect((await say([], { revocation: 'off' })).word).toBe('pass');
});

test('a certificate that only OCSP knows of is unknown', async () => {
  const one = signed({ chain: [leaf({ ocsp: 'http://ocsp.acme.example' }), root] });
  expect(judged([image(one)], await byCa()).word).toBe('unknown');
});

test('a revocation after the stamp is harmless only where the list says so', async () => {
  const one = leaf({ crl: url });
  const stamp = { by: tsa, at: '2026-01-10T00:00:30Z' };
  const candidate = signed({ chain: [one, root], stamp });
  const signers = await by({ policy: 'notation/always.json' });
  const at = '2026-01-15T00:00:00Z';
  const say = (entry: object) => {
    const list = revocationList(root, [{ serial: one.serial, at, ...entry }]);
    return judged([image({ ...candidate, revocation: [answer(list)] })], signers).word;
  };
  expect(say({ reason: 4, since: at })).toBe('pass');
  expect(say({ reason: 4, since: '2026-01-09T00:00:00Z' })).toBe('fail');
  expect(say({ reason: 4 })).toBe('fail');
  expect(say({ reason: 1, since: at })).toBe('fail');
});

test('two organisations in one name, or two attributes in one part, are refused', async () => {
  const signers = await byCa({ subject: { O: 'acme' } });
  for (const name of ['C=DE,ST=BE,O=eve,O=acme,CN=nleaf', 'C=DE+ST=BE,O=acme,CN=nleaf'])
    expect(judged([image(signed({ chain: [leaf({ name }), root] }))], signers).word).toBe('fail');
});

test('a CA without the right, a path too long and a certificate for the web are refused', async () => {
  const notCa = leaf({ name: 'O=acme,CN=not a CA' });
  const single = certificate({
    name: 'O=acme,CN=only leaves',
    ca: true,
    pathLength: 0,
    issuer: root,
  });
  const below = certificate({ name: 'O=acme,CN=below', ca: true, issuer: single });
  for (const chain of [
    [leaf({ issuer: notCa }), notCa, root],
    [leaf({ issuer: below }), below, single, root],
    [leaf({ usage: [serverAuth] }), root],
    [leaf({ ca: true }), root],
  ] as const)
    expect(judged([image(signed({ chain }))], await byCa()).word).toBe('fail');
  expect(
    judged([image(signed({ chain: [leaf({ issuer: single }), single, root] }))], await byCa()).word,
  ).toBe('pass');
});

test('a trust policy that only audits is judged as strict, and one that skips is not applicable', async () => {
  const nother = signed({ chain: [leaf({ name: 'C=DE,ST=BE,O=acme,CN=nother' }), root] });
  expect(judged([image(nother)], await by({ policy: 'notation/audit.json' })).word).toBe('fail');
  const skip = { 'p.json': policy({}, { level: 'skip' }) };
  const signers = await declare([{ name: 'notation', policy: 'p.json' }], skip);
  expect(judged([image(nother)], signers).word).toBe('not-applicable');
});

test('a scope of the trust policy is the whole name of a repository', async () => {
  const one = {
    ...files,
    'notation/p.json': policy({ registryScopes: ['registry.example/team/app'] }),
  };
  const signers = await declare([{ name: 'notation', policy: 'notation/p.json' }], one);
  expect(judged([image(signed())], signers, { repository: 'team/app' }).word).toBe('pass');
  expect(judged([image(signed())], signers, { repository: 'team/app2' }).word).toBe(
    'not-applicable',
  );
});

test('an unknown critical attribute, plugin or scheme is unknown', async () => {
  for (const wish of [
    { attributes: { 'example.attribute': 'x' } },
    { attributes: { 'io.cncf.notary.verificationPlugin': 'example.plugin' } },
    { scheme: 'notary.x509.future' },
  ])
    expect(judged([image(signed(wish))], await byCa()).word).toBe('unknown');
});

const profile = 'arn:aws:signer:eu-central-1:111122223333:/signing-profiles/app';
const fromAws = (version = `${profile}/abcdef1234`) =>
  signed({
    scheme: 'notary.x509.signingAuthority',
    authenticTime: '2026-01-10T00:00:00Z',
    attributes: {
      'com.amazonaws.signer.signingProfileVersion': version,
      'com.amazonaws.signer.signingJob': 'arn:aws:signer:eu-central-1:111122223333:/signing-jobs/1',
      'io.cncf.notary.verificationPlugin': 'com.amazonaws.signer.notation.plugin',
    },
  });

test('AWS Signer passes, fails or is unknown as its revocation status says', async () => {
  const signers = await by({ awsSigner: profile, root: 'ca.pem' });
  const say = (answer: Partial<RevocationAnswer>, one = fromAws()) => {
    const whole: RevocationAnswer = { kind: 'aws-signer', url: profile, ...answer };
    return judged([image({ ...one, revocation: [whole] })], signers);
  };
  const content = (revoked: readonly string[]) => ({
    content: Buffer.from(JSON.stringify(revoked)).toString('base64'),
  });
  expect(say(content([])).word).toBe('pass');
  expect(say(content(['arn'])).word).toBe('fail');
  expect(say({ failure: 'AccessDeniedException' }).word).toBe('unknown');
  expect(judged([image(fromAws())], signers).says).toContain('needs signer:GetRevocationStatus');
  const other = `${profile}-evil/abcdef1234`;
  expect(say(content([]), fromAws(other)).word).toBe('fail');
});

test('a signature that is not by a signing authority is none of AWS Signer', async () => {
  const signers = await by({ awsSigner: profile, root: 'ca.pem' });
  expect(judged([image(signed())], signers).word).toBe('fail');
  expect(judged([image(fromAws())], await byCa()).word).toBe('fail');
});

test('a Notation signature is not by a key, and a key signature not by a CA', async () => {
  expect(
    judged(
      [image(signed({ chain: [leaf({ name: 'O=eve,CN=eve' }), root] }))],
      await byCa({ subject: { O: 'acme' } }),
    ).says,
  ).toContain('it is signed by O=eve,CN=eve, who is not in expect.signers');
});
