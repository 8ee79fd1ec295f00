import { expect, test } from 'vitest';
import type { Candidate } from '../../src/model/candidates.ts';
import type { BuilderEntry } from '../../src/model/signer-entry.ts';
import {
  bundleCertified,
  digestOf,
  type Sigstore,
  simpleCertified,
  statement,
  trustedRoot,
} from '../support/signing/cosign.ts';
import {
  certificate,
  claim,
  codeSigning,
  keyPair,
  serverAuth,
  timeStamping,
  type Wish,
} from '../support/signing/pki.ts';
import { declare, type Filed, judged } from '../support/signing/verdict.ts';

const issuer = 'https://login.acme.example';
const ca = certificate({ name: 'O=acme,CN=fulcio', ca: true });
const tsaRoot = certificate({ name: 'O=acme,CN=stamp root', ca: true });
const tsa = certificate({ name: 'O=acme,CN=stamps', usage: [timeStamping], issuer: tsaRoot });
const log = keyPair('p256');
const withStamps: Sigstore = { ca, tsa: [tsa, tsaRoot] };
const withLog: Sigstore = { ca, log };
const files = {
  'stamps.json': JSON.stringify(trustedRoot(withStamps)),
  'log.json': JSON.stringify(trustedRoot(withLog)),
  'both.json': JSON.stringify(trustedRoot({ ca, tsa: [tsa, tsaRoot], log })),
};

const release = 'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1';
/** A leaf of ten minutes in January. */
const leaf = (wish: Partial<Wish> = {}) =>
  certificate({
    name: 'CN=leaf',
    issuer: ca,
    usage: [codeSigning],
    uri: release,
    from: '2026-01-10T00:00:00Z',
    until: '2026-01-10T00:10:00Z',
    extensions: [claim(8, issuer)],
    ...wish,
  });
const inTime = '2026-01-10T00:05:00Z';
const digest = digestOf('a');
const image = (...candidates: readonly Candidate[]): Filed => ({ image: 'v1', digest, candidates });

const entry: BuilderEntry = { name: 'pipeline', issuer, subject: release, root: 'stamps.json' };
const signers = (change: Partial<BuilderEntry> = {}) => declare([{ ...entry, ...change }], files);

test('an expired certificate passes with a stamp of its life, by the exact subject and by a pattern', async () => {
  const one = bundleCertified(digest, leaf(), { tsa, at: inTime });
  for (const subject of [
    release,
    'https://github.com/acme/app/**',
    'https://github.com/acme/*/.github/workflows/*@refs/tags/*',
  ])
    expect(judged([image(one)], await signers({ subject }))).toEqual({
      word: 'pass',
      says: `1 of 1 newest images are signed by pipeline (${release})`,
    });
});

test('without a stamp, with one too late, of another signature or by a stranger it fails', async () => {
  const stranger = certificate({ name: 'O=eve,CN=stamps', usage: [timeStamping] });
  const stamped = bundleCertified(digest, leaf(), { tsa, at: inTime });
  const other = bundleCertified(digest, leaf(), { tsa, at: inTime });
  const swapped = exchange(stamped, 'timestampVerificationData', other);
  for (const one of [
    bundleCertified(digest, leaf()),
    bundleCertified(digest, leaf(), { tsa, at: '2026-01-10T01:00:00Z' }),
    bundleCertified(digest, leaf(), { tsa: stranger, at: inTime }),
    swapped,
  ]) {
    const { word, says } = judged([image(one)], await signers());
    expect([word, says]).toEqual(['fail', expect.stringMatching(/trusted time|did not hold/)]);
  }
});

/** The bundle with one part of its material from another. */
function exchange(one: Candidate, part: string, other: Candidate): Candidate {
  const bundle = JSON.parse(Buffer.from(one.content, 'base64').toString());
  const source = JSON.parse(Buffer.from(other.content, 'base64').toString());
  bundle.verificationMaterial[part] = source.verificationMaterial[part];
  return { ...one, content: Buffer.from(JSON.stringify(bundle)).toString('base64') };
}

test('a stranger in all but a few letters fails, and is named', async () => {
  for (const uri of [
    'https://github.com/acme/app-evil/.github/workflows/release.yml@refs/tags/v1',
    'https://github.com/acme-evil/app/.github/workflows/release.yml@refs/tags/v1',
    'https://evil.example/?https://github.com/acme/app/x',
    'https://GitHub.com/acme/app/.github/workflows/release.yml@refs/tags/v1',
  ]) {
    const one = bundleCertified(digest, leaf({ uri }), { tsa, at: inTime });
    const { word, says } = judged(
      [image(one)],
      await signers({ subject: 'https://github.com/acme/app/**' }),
    );
    expect(word).toBe('fail');
    expect(says).toContain(`it is signed by ${uri}, who is not in expect.signers`);
  }
});

test('the word of another issuer, or of none, does not count', async () => {
  for (const extensions of [[claim(8, 'https://evil.example')], []]) {
    const one = bundleCertified(digest, leaf({ extensions }), { tsa, at: inTime });
    expect(judged([image(one)], await signers()).word).toBe('fail');
  }
});

test('a certificate for a web server, or for nothing in particular, does not sign images', async () => {
  for (const usage of [{ usage: [serverAuth] }, {}]) {
    const wish = { usage: [], ...usage };
    const one = bundleCertified(digest, leaf(wish), { tsa, at: inTime });
    const { word, says } = judged([image(one)], await signers());
    expect([word, says]).toEqual(['fail', expect.stringContaining('not for signing code')]);
  }
});

test('an altered payload, another digest and a statement that is no signature fail', async () => {
  const payload = statement(digest, 'https://cosign.sigstore.dev/attestation/vuln/v1');
  const good = bundleCertified(digest, leaf(), { tsa, at: inTime });
  const bundle = JSON.parse(Buffer.from(good.content, 'base64').toString());
  bundle.dsseEnvelope.payload = statement(digest, undefined, { more: 1 }).toString('base64');
  const altered = { ...good, content: Buffer.from(JSON.stringify(bundle)).toString('base64') };
  for (const one of [
    altered,
    bundleCertified(digestOf('b'), leaf(), { tsa, at: inTime }),
    bundleCertified(digest, leaf(), { tsa, at: inTime }, payload),
  ])
    expect(judged([image(one)], await signers()).word).toBe('fail');
});

test('a certificate of another authority of the same name fails', async () => {
  const eve = certificate({ name: 'O=acme,CN=fulcio', ca: true });
  const one = bundleCertified(digest, leaf({ issuer: eve }), { tsa, at: inTime });
  expect(judged([image(one)], await signers()).word).toBe('fail');
});

test('a tag signature with an entry of the log passes, one whose entry is late, altered or missing fails', async () => {
  const logged = await signers({ root: 'log.json' });
  const good = simpleCertified(digest, leaf(), log, inTime);
  expect(judged([image(good)], logged)).toMatchObject({ word: 'pass' });
  const entryText = good.annotations['dev.sigstore.cosign/bundle'] ?? '';
  const moved = entryText.replace(/"integratedTime":\d+/, '"integratedTime":1768003201');
  const { 'dev.sigstore.cosign/bundle': _, ...without } = good.annotations;
  for (const one of [
    simpleCertified(digest, leaf(), log, '2026-01-10T01:10:00Z'),
    simpleCertified(digest, leaf(), keyPair('p256'), inTime),
    { ...good, annotations: { ...good.annotations, 'dev.sigstore.cosign/bundle': moved } },
    { ...good, annotations: without },
    {
      ...good,
      annotations: {
        ...good.annotations,
        'dev.sigstore.cosign/bundle':
          simpleCertified(digest, leaf(), log, inTime).annotations['dev.sigstore.cosign/bundle'] ??
          '',
      },
    },
  ])
    expect(judged([image(one)], logged).word).toBe('fail');
});

test('a root that has a log needs its entry, however good the stamp; off needs a stamp', async () => {
  const stamped = bundleCertified(digest, leaf(), { tsa, at: inTime });
  expect(judged([image(stamped)], await signers({ root: 'both.json' })).says).toContain(
    'no entry in the transparency log',
  );
  expect(judged([image(stamped)], await signers({ root: 'both.json', log: 'off' })).word).toBe(
    'pass',
  );
});

const actions = 'https://token.actions.githubusercontent.com';
const source = 'https://github.com/acme/app';
const workflow = `${source}/.github/workflows/release.yml@refs/tags/v1`;
const github = (claims: Readonly<Record<number, string>> = {}, uri = workflow) => {
  const all: Record<number, string> = {
    8: actions,
    9: uri,
    11: 'github-hosted',
    12: source,
    14: 'refs/tags/v1',
    17: '12345678',
    ...claims,
  };
  const extensions = Object.entries(all).map(([number, text]) => claim(Number(number), text));
  const payload = statement(digest, 'https://slsa.dev/provenance/v1');
  return bundleCertified(digest, leaf({ uri, extensions }), { tsa, at: inTime }, payload);
};
const byGithub = (change: Partial<BuilderEntry> = {}) =>
  declare([{ name: 'GitHub', github: 'acme/app', root: 'stamps.json', ...change }], files);

test('provenance of the declared repository at GitHub passes', async () => {
  for (const change of [
    {},
    { github: 'acme/*' },
    { ownerId: 12345678 },
    { refs: ['refs/tags/*'] },
    { workflow: 'acme/app/.github/workflows/release.yml' },
  ])
    expect(judged([image(github())], await byGithub(change))).toMatchObject({ word: 'pass' });
});

test('another repository, owner, workflow, ref or runner at GitHub fails', async () => {
  const shared = 'https://github.com/acme/workflows/.github/workflows/build.yml@refs/heads/main';
  const cases: readonly [Candidate, Partial<BuilderEntry>][] = [
    [github({ 12: 'https://github.com/acme/app-evil' }), {}],
    [github({ 12: 'https://github.com/eve/app' }), { github: 'acme/*' }],
    [github({ 17: '666' }), { ownerId: 12345678 }],
    [github({}, shared), {}],
    [github({ 14: 'refs/heads/evil' }), { refs: ['refs/tags/*'] }],
    [github({ 11: 'self-hosted' }), {}],
    [github({ 8: 'https://evil.example' }), {}],
  ];
  for (const [one, change] of cases)
    expect(judged([image(one)], await byGithub(change)).word).toBe('fail');
});

test('a shared workflow passes for the declared repository where it is declared', async () => {
  const shared = 'https://github.com/acme/workflows/.github/workflows/build.yml@refs/heads/main';
  const change = { workflow: 'acme/workflows/.github/workflows/build.yml' };
  const other = github({ 12: 'https://github.com/eve/app' }, shared);
  expect(judged([image(github({}, shared))], await byGithub(change)).word).toBe('pass');
  expect(judged([image(other)], await byGithub(change)).word).toBe('fail');
});

test('provenance by the declared builder passes, by another key or builder it fails', async () => {
  const builders = await declare(
    [{ name: 'GitHub', github: 'acme/app', root: 'stamps.json' }],
    files,
    'builders',
  );
  const options = { list: 'builders' };
  expect(judged([image(github())], builders, options)).toEqual({
    word: 'pass',
    says: 'newest images with an attestation: 1 of 1 (provenance by GitHub)',
  });
  const eve = github({ 12: 'https://github.com/eve/app' });
  expect(judged([image(eve)], builders, options).word).toBe('fail');
  expect(judged([image()], builders, options).says).toContain('no provenance beside the image');
});
