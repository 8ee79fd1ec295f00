import { describe, expect, test } from 'vitest';
import { attachmentsOf } from '../../src/oci/attachments.ts';
import {
  type Answers,
  blobs,
  bundle,
  descriptor,
  digest,
  digestOf,
  hex,
  index,
  layer,
  manifest,
  manifests,
  notation,
  other,
  predicate,
  referrer,
  registry,
  signing,
} from './support/registry.ts';
import {
  cose,
  dsse,
  jws,
  messageSignature,
  signed,
  sigstoreBundle,
  simpleSigning,
  statement,
} from './support/signed.ts';

const fallback = `manifests/sha256-${hex('1')}`;
const list = `referrers/${digest}`;
const slsa = 'https://slsa.dev/provenance/v1';
const cosignSign = 'https://sigstore.dev/cosign/sign/v1';
const vuln = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const payloadType = 'application/vnd.dev.cosign.simplesigning.v1+json';
const dsseType = 'application/vnd.dsse.envelope.v1+json';
const intoto = 'application/vnd.in-toto+json';
const tar = 'application/vnd.oci.image.layer.v1.tar+gzip';
const plainImage = manifest([layer(tar, Buffer.from('a layer'))], {
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: other, size: 2 },
});

async function read(answers: Answers, mayBeIndex = false) {
  const { registry: at, asked } = await registry(
    { [list]: index(), ...answers },
    { mayGetManifest: true },
  );
  const { candidates, ...attachments } = await attachmentsOf(at, 'team/app', {
    digest,
    mayBeIndex,
  });
  return { ...attachments, forms: candidates.map(({ form }) => form), asked: asked() };
}

const none = {
  signatures: [] as string[],
  attestations: [] as string[],
  doubts: { signature: [] as string[], attestation: [] as string[] },
};

/** A referrer and its content, as the API lists it: as go-containerregistry does, with no word on its type. */
function attached(content: ReturnType<typeof referrer>, ...contents: (object | Buffer)[]): Answers {
  return {
    [list]: index(descriptor('application/vnd.oci.empty.v1+json', undefined, digestOf(content))),
    ...manifests(content),
    ...blobs(...contents),
  };
}

const bundled = (content: object, annotations: object = signing) => {
  const whole = sigstoreBundle(content);
  return attached(referrer(bundle, [layer(bundle, whole)], { annotations }), whole);
};
const enveloped = (type: string, content: object | Buffer) =>
  attached(referrer(notation, [layer(type, content)]), content);

describe('a referrer is', () => {
  test.each([
    [
      'a signature of cosign 3',
      bundled({ dsseEnvelope: dsse(statement(cosignSign)) }),
      { ...none, signatures: [bundle] },
    ],
    [
      'a signature of the digest alone',
      bundled(messageSignature(hex('1'))),
      { ...none, signatures: [bundle] },
    ],
    [
      'provenance, whatever its manifest says of it',
      bundled({ dsseEnvelope: dsse(statement(slsa)) }),
      { ...none, attestations: [bundle] },
    ],
    [
      "provenance of GitHub's attest action, and no signature",
      bundled({ dsseEnvelope: dsse(statement(slsa)) }, predicate(slsa)),
      { ...none, attestations: [bundle] },
    ],
    ['a scan', bundled({ dsseEnvelope: dsse(statement(vuln)) }), none],
    [
      'a statement of a new kind, and no signature',
      bundled({ dsseEnvelope: dsse(statement('https://example.org/new')) }),
      { ...none, doubts: { signature: [], attestation: [bundle] } },
    ],
    [
      'nothing, because its signature names another image',
      bundled({ dsseEnvelope: dsse(statement(cosignSign, hex('2'))) }),
      none,
    ],
    ['nothing, because another digest is signed', bundled(messageSignature(hex('2'))), none],
    ['nothing, because its bundle is malformed', bundled({}), none],
    [
      'in doubt, because its bundle is newer than this program',
      attached(
        referrer(bundle, [
          layer(bundle, { mediaType: 'application/vnd.dev.sigstore.bundle.v0.9+json' }),
        ]),
        { mediaType: 'application/vnd.dev.sigstore.bundle.v0.9+json' },
      ),
      { ...none, doubts: { signature: [bundle], attestation: [bundle] } },
    ],
    [
      'a signature of Notation in JWS',
      enveloped('application/jose+json', jws()),
      { ...none, signatures: [notation] },
    ],
    [
      'a signature of Notation in COSE',
      enveloped('application/cose', cose()),
      { ...none, signatures: [notation] },
    ],
    [
      'a signature of Notation whose manifest names its type by its configuration',
      attached(
        manifest([layer('application/cose', cose())], {
          config: { mediaType: notation, digest: other, size: 2 },
          subject: { mediaType: 'x', digest, size: 7 },
        }),
        cose(),
      ),
      { ...none, signatures: [notation] },
    ],
    [
      'nothing, because Notation signed another image in JWS',
      enveloped('application/jose+json', jws(other)),
      none,
    ],
    [
      'nothing, because Notation signed another image in COSE',
      enveloped('application/cose', cose(other)),
      none,
    ],
    [
      'nothing, because it only has the artifact type of Notation',
      enveloped('application/vnd.oci.image.layer.v1.tar', Buffer.from('{}\n')),
      none,
    ],
    [
      'nothing, because Notation keeps one envelope in a manifest and here are two',
      attached(
        referrer(notation, [
          layer('application/cose', cose()),
          layer('application/jose+json', jws()),
        ]),
        cose(),
        jws(),
      ),
      none,
    ],
    [
      'a signature of cosign in the mode oci-1-1',
      attached(
        referrer('application/vnd.dev.cosign.artifact.sig.v1+json', [
          layer(payloadType, simpleSigning(), signed),
        ]),
        simpleSigning(),
      ),
      { ...none, signatures: ['application/vnd.dev.cosign.artifact.sig.v1+json'] },
    ],
    [
      'an SBOM',
      attached(referrer('application/spdx+json', [layer('text/plain', { spdx: 1 })])),
      { ...none, attestations: ['application/spdx+json'] },
    ],
    [
      'nothing, because it is an SBOM without content',
      attached(referrer('application/spdx+json', [layer('application/vnd.oci.empty.v1+json', {})])),
      none,
    ],
    [
      'provenance that its layer states',
      attached(referrer(intoto, [layer(intoto, {}, { 'in-toto.io/predicate-type': slsa })])),
      { ...none, attestations: [intoto] },
    ],
    [
      'provenance of another image',
      attached(
        referrer('application/vnd.in-toto+json', [
          layer(dsseType, dsse(statement(slsa, hex('2')))),
        ]),
        dsse(statement(slsa, hex('2'))),
      ),
      none,
    ],
    [
      'nothing, because its subject is another image',
      attached(referrer('text/spdx', [layer('text/spdx', {})], { subject: other })),
      none,
    ],
    [
      'nothing, because it has no subject',
      attached(referrer('text/spdx', [layer('text/spdx', {})], { subject: null })),
      none,
    ],
    [
      'in doubt, because its type is new',
      attached(referrer('application/vnd.new', [])),
      {
        ...none,
        doubts: { signature: ['application/vnd.new'], attestation: ['application/vnd.new'] },
      },
    ],
  ])('%s', async (_title, answers, attachments) => {
    expect(await read(answers)).toMatchObject(attachments);
  });

  test('found by the fallback index where the registry has no such API', async () => {
    const { [list]: referrers = {}, ...content } = bundled({
      dsseEnvelope: dsse(statement(cosignSign)),
    });
    const answers = { [list]: 404, [fallback]: referrers, ...content };
    expect(await read(answers)).toMatchObject({ ...none, signatures: [bundle] });
  });

  test('gone from the fallback index, which proves nothing', async () => {
    const answers = { [list]: 404, [fallback]: index(descriptor(notation)) };
    expect(await read(answers)).toMatchObject(none);
  });

  test('listed by the API and cannot be found, which is a doubt', async () => {
    const attachments = await read({ [list]: index(descriptor(notation)) });
    expect(attachments).toMatchObject({
      ...none,
      doubts: { signature: [notation], attestation: [] },
    });
  });

  test('a scan that the API lists, and so is not read', async () => {
    const { asked } = await read({ [list]: index(descriptor('application/sarif+json')) });
    expect(asked.filter((line) => line.startsWith('GET manifests/'))).toEqual([]);
  });
});

describe('what cannot be read is a doubt, and no more than that', () => {
  const good = sigstoreBundle({ dsseEnvelope: dsse(statement(cosignSign)) });
  const one = referrer(bundle, [layer(bundle, good)], { annotations: signing });
  const listed = { [list]: index(descriptor(bundle, signing, digestOf(one))) };
  const blob = `blobs/${digestOf(good)}`;

  test.each([
    ['the manifest is refused', { ...listed, [`manifests/${digestOf(one)}`]: 403 }, 'HTTP 403'],
    ['the blob is refused', { ...listed, ...manifests(one), [blob]: 401 }, 'HTTP 401'],
    ['the blob is gone', { ...listed, ...manifests(one) }, 'HTTP 404'],
    [
      'the blob is another',
      { ...listed, ...manifests(one), [blob]: {} },
      'does not match the digest',
    ],
    [
      'the manifest is another',
      { ...listed, [`manifests/${digestOf(one)}`]: referrer(notation) },
      'does not match the digest',
    ],
  ])('%s', async (_title, answers, why) => {
    const { signatures, doubts } = await read(answers);
    expect(signatures).toEqual([]);
    expect(doubts).toEqual({ signature: [expect.stringContaining(why)], attestation: [] });
  });

  test('a good signature beside one that cannot be read decides', async () => {
    const entries = [
      descriptor(bundle, signing, other),
      descriptor(bundle, signing, digestOf(one)),
    ];
    const answers = { [list]: index(...entries), ...manifests(one), ...blobs(good) };
    expect((await read(answers)).signatures).toEqual([bundle]);
  });

  test('content beyond the bound is not asked for', async () => {
    const envelope = { ...layer('application/cose', cose()), size: 300_000 };
    const { doubts, asked } = await read(attached(referrer(notation, [envelope])));
    expect(doubts.signature).toEqual([expect.stringContaining('300000 bytes')]);
    expect(asked.filter((line) => line.includes('blobs'))).toEqual([]);
  });

  test('a blob that is larger than its manifest says is left', async () => {
    const long = Buffer.alloc(300_000, 32);
    const answers = attached(
      referrer(notation, [{ ...layer('application/cose', long), size: 7 }]),
      long,
    );
    expect((await read(answers)).doubts.signature).toEqual([expect.stringMatching(/bytes/)]);
  });

  test('no more than a hundred manifests and blobs are read, the rest is in doubt', async () => {
    const answers = {
      ...manifests(one),
      ...blobs(good),
      [list]: index(...Array(60).fill(descriptor(bundle, signing, digestOf(one)))),
    };
    const { signatures, asked } = await read(answers);
    expect(signatures).toEqual([bundle]);
    expect(asked.filter((line) => /^GET (?:manifests|blobs)/.test(line))).toHaveLength(100);
  });

  test('a blob from another host is read without the credential of this one, and held to its digest', async () => {
    const store = await registry({ store: good });
    const answers = { ...listed, ...manifests(one), [blob]: `${store.base}/v2/team/app/store` };
    expect((await read(answers)).signatures).toEqual([bundle]);
    expect(store.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

describe('under the tag .sig of cosign is', () => {
  const under = (layers: object[], ...contents: object[]): Answers => ({
    [`${fallback}.sig`]: manifest(layers),
    ...blobs(...contents),
  });
  const says = 'cosign tag .sig';

  test.each([
    [
      'a signature',
      under([layer(payloadType, simpleSigning(), signed)], simpleSigning()),
      { ...none, signatures: [says] },
    ],
    [
      'a second signature that names this image',
      under(
        [
          layer(payloadType, simpleSigning(other), signed),
          layer(payloadType, simpleSigning(), signed),
        ],
        simpleSigning(),
        simpleSigning(other),
      ),
      { ...none, signatures: [says] },
    ],
    [
      'the signature of its neighbour, copied',
      under([layer(payloadType, simpleSigning(other), signed)], simpleSigning(other)),
      none,
    ],
    [
      'a payload of three bytes with a bogus signature',
      {
        ...under([layer(payloadType, Buffer.from('{}\n'), signed)]),
        ...blobs(Buffer.from('{}\n')),
      },
      none,
    ],
    [
      'a payload that nobody signed',
      under([layer(payloadType, simpleSigning())], simpleSigning()),
      none,
    ],
    [
      'a payload with an empty signature',
      under(
        [layer(payloadType, simpleSigning(), { 'dev.cosignproject.cosign/signature': ' ' })],
        simpleSigning(),
      ),
      none,
    ],
    ['a plain image', { [`${fallback}.sig`]: plainImage }, none],
    ['an index', { [`${fallback}.sig`]: index() }, none],
    [
      'what cannot be read',
      under([layer(payloadType, simpleSigning(), signed)]),
      {
        ...none,
        doubts: { signature: [expect.stringContaining('HTTP 404')], attestation: [] },
      },
    ],
  ])('%s', async (_title, answers, attachments) => {
    expect(await read(answers)).toMatchObject(attachments);
  });

  test('what was read, kept for whoever verifies it', async () => {
    const { registry: at } = await registry(
      {
        [list]: index(),
        ...under([layer(payloadType, simpleSigning(other), signed)], simpleSigning(other)),
      },
      { mayGetManifest: true },
    );
    const { candidates } = await attachmentsOf(at, 'team/app', { digest, mayBeIndex: false });
    expect(candidates).toEqual([
      {
        form: 'simple-signing',
        digest: digestOf(simpleSigning(other)),
        content: Buffer.from(JSON.stringify(simpleSigning(other))).toString('base64'),
        annotations: signed,
      },
    ]);
  });

  test('the image itself, which is nothing', async () => {
    const own = manifest([layer(tar, Buffer.from('an image'))]);
    const itself = digestOf(own);
    const tags = ['.sig', '.att', '.sbom'].map(
      (end) => `manifests/${itself.replace(':', '-')}${end}`,
    );
    const answers = Object.fromEntries(tags.map((tag) => [tag, own]));
    const { registry: at } = await registry(
      { [`referrers/${itself}`]: index(), ...answers },
      { mayGetManifest: true },
    );
    const image = { digest: itself, mayBeIndex: false };
    expect(await attachmentsOf(at, 'team/app', image)).toMatchObject(none);
  });
});

test.each([
  ['provenance', dsse(statement(slsa)), { ...none, attestations: ['cosign tag .att'] }],
  ['a scan', dsse(statement(vuln)), none],
  ['provenance of its neighbour, copied', dsse(statement(slsa, hex('2'))), none],
  ['a signature in the wrong place', dsse(statement(cosignSign)), none],
  ['no envelope', {}, none],
])('under the tag .att of cosign is %s', async (_title, envelope, attachments) => {
  const answers = {
    [`${fallback}.att`]: manifest([layer(dsseType, envelope)]),
    ...blobs(envelope),
  };
  expect(await read(answers)).toMatchObject(attachments);
});

test.each([
  ['an SBOM', 'text/spdx+json', { ...none, attestations: ['cosign tag .sbom'] }],
  ['an SBOM of syft', 'application/vnd.syft+json', { ...none, attestations: ['cosign tag .sbom'] }],
  ['a plain image', tar, none],
])('under the tag .sbom of cosign is %s', async (_title, type, attachments) => {
  const answers = { [`${fallback}.sbom`]: manifest([layer(type, {})]) };
  expect(await read(answers)).toMatchObject(attachments);
});

test('no request is anything but GET and HEAD', async () => {
  const { asked } = await read(bundled({ dsseEnvelope: dsse(statement(cosignSign)) }), true);
  expect(asked.length).toBeGreaterThan(5);
  expect(
    asked.filter((line) => !/^(?:GET|HEAD) (?:manifests|blobs|referrers)\//.test(line)),
  ).toEqual([]);
});

test('what may be a signature is kept, in every form', async () => {
  const entries = [
    referrer(bundle, [layer(bundle, sigstoreBundle(messageSignature(hex('1'))))]),
    referrer(notation, [layer('application/jose+json', jws())]),
    referrer(notation, [layer('application/cose', cose())]),
  ];
  const answers = {
    [list]: index(...entries.map((one) => descriptor(bundle, undefined, digestOf(one)))),
    [`${fallback}.att`]: manifest([layer(dsseType, dsse(statement(slsa)))]),
    ...manifests(...entries),
    ...blobs(sigstoreBundle(messageSignature(hex('1'))), jws(), cose(), dsse(statement(slsa))),
  };
  expect((await read(answers)).forms).toEqual([
    'sigstore-bundle',
    'notation-jws',
    'notation-cose',
    'dsse',
  ]);
});
