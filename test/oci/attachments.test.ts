import { describe, expect, test } from 'vitest';
import { attachmentsOf, doubtsOf } from '../../src/oci/attachments.ts';
import {
  type Answers,
  bundle,
  descriptor,
  digest,
  hex,
  index,
  notation,
  other,
  predicate,
  referrer,
  registry,
  signing,
} from './support/registry.ts';

const none = { signatures: [], attestations: [], unclear: [], hidden: [] };
const image = 'application/vnd.oci.image.manifest.v1+json';
const intoto = 'application/vnd.in-toto+json';
const imageIndex = 'application/vnd.oci.image.index.v1+json';
const fallback = `manifests/sha256-${hex('1')}`;
const list = `referrers/${digest}`;
const cosignTags = ['.sig', '.att', '.sbom'].map((suffix) => `HEAD ${fallback}${suffix}`);

async function found(answers: Answers, more: Parameters<typeof registry>[1] = {}, type = image) {
  const { registry: at } = await registry(answers, more);
  return attachmentsOf(at, 'team/app', digest, type);
}

describe('the referrers API', () => {
  test.each([
    ['nothing', index(), none],
    ['a Notation signature', index(descriptor(notation)), { ...none, signatures: [notation] }],
    ['a cosign signature', index(descriptor(bundle, signing)), { ...none, signatures: [bundle] }],
    [
      'a cosign attestation',
      index(descriptor(bundle, predicate('https://spdx.dev/Document'))),
      { ...none, attestations: [bundle] },
    ],
    ['a bundle of no kind', index(descriptor(bundle)), { ...none, unclear: [bundle] }],
    [
      'a new type',
      index(descriptor('application/vnd.new')),
      { ...none, unclear: ['application/vnd.new'] },
    ],
    ['no type', index(descriptor(null)), { ...none, unclear: ['a referrer of no stated type'] }],
    [
      'a statement that may be of a scanner',
      index(descriptor(intoto)),
      { ...none, unclear: [intoto] },
    ],
    [
      'a statement on exploitability',
      index(descriptor(intoto, { 'in-toto.io/predicate-type': 'https://openvex.dev/ns/v0.2.0' })),
      none,
    ],
    ['a scan report', index(descriptor('application/sarif+json')), none],
    [
      'two of a kind',
      index(descriptor(notation), descriptor(notation), descriptor('text/spdx')),
      { ...none, signatures: [notation], attestations: ['text/spdx'] },
    ],
  ])('that lists %s', async (_title, listed, attachments) => {
    expect(await found({ [list]: listed })).toEqual(attachments);
  });

  test('is asked once, and then the tags of old cosign', async () => {
    const { registry: at, asked, seen } = await registry({ [list]: index() });
    await attachmentsOf(at, 'team/app', digest, image);
    expect(asked()).toEqual([`GET ${list}`, ...cosignTags]);
    expect(seen[0]?.headers.accept).toBe(imageIndex);
  });

  test('is followed from page to page', async () => {
    const link = `</v2/team/app/${list}?last=x>; rel="next"`;
    const answers = {
      [list]: [index(descriptor('text/spdx')), { link }],
      [`${list}?last=x`]: index(descriptor(notation)),
    } as const;
    const attachments = { ...none, signatures: [notation], attestations: ['text/spdx'] };
    expect(await found(answers)).toEqual(attachments);
  });

  test.each([
    [401, '401'],
    [403, '403'],
    [429, '429'],
    [500, '5xx'],
    [400, '400'],
    [405, '405'],
  ])('that answers %i is a refusal, not "unsigned"', async (status, code) => {
    await expect(found({ [list]: status })).rejects.toMatchObject({ code });
  });

  test.each([
    ['HTML', ['<html></html>', {}]],
    ['no index', {}],
    ['null', { manifests: null }],
    ['a filtered list', [index(), { 'oci-filters-applied': 'artifactType' }]],
    ['a digest that is a path', index(descriptor(notation, {}, '../../../x'))],
    ['annotations that are no text', index(descriptor(notation, { a: 1 }))],
    ['more than anybody attaches', index(...Array(1001).fill(descriptor(notation)))],
  ] as const)('that answers %s is not understood', async (_title, body) => {
    await expect(found({ [list]: body })).rejects.toThrow();
  });

  test('that loses a page is not understood', async () => {
    const link = `</v2/team/app/gone>; rel="next"`;
    const answers = { [list]: [index(descriptor(notation)), { link }] } as const;
    await expect(found(answers)).rejects.toThrow('missing');
  });

  test('that has pages without end is left', async () => {
    const page = (n: number) => `${list}?n=${n}`;
    const entries = Array.from({ length: 60 }, (_, n) => [
      n === 0 ? list : page(n),
      [index(), { link: `</v2/team/app/${page(n + 1)}>; rel=next` }],
    ]);
    await expect(found(Object.fromEntries(entries))).rejects.toThrow('more than 50 pages');
  });
});

describe('a registry without the API', () => {
  test('is asked for the fallback tags too before anything is said', async () => {
    const { registry: at, asked } = await registry({});
    expect(await attachmentsOf(at, 'team/app', digest, image)).toEqual(none);
    expect(asked()).toEqual([`GET ${list}`, `HEAD ${fallback}`, ...cosignTags]);
  });

  test.each([401, 403, 429, 500])('that answers %i for a tag is a refusal', async (status) => {
    await expect(found({ [`${fallback}.sig`]: status })).rejects.toMatchObject({ status });
  });

  test('that is known to have none is not asked for it', async () => {
    const { registry: at, asked } = await registry({}, { referrers: 'fallback-only' });
    await attachmentsOf(at, 'team/app', digest, image);
    expect(asked()).toEqual([`HEAD ${fallback}`, ...cosignTags]);
  });

  test('whose tags are known is asked nothing', async () => {
    const tags = ['v1', `sha256-${hex('1')}.sig`, `sha256-${hex('2')}.att`];
    const { registry: at, asked } = await registry({}, { referrers: 'fallback-only', tags });
    const attachments = await attachmentsOf(at, 'team/app', digest, image);
    expect(attachments).toEqual({ ...none, signatures: ['cosign tag .sig'] });
    expect(asked()).toEqual([]);
  });

  test.each([
    ['.sig', { ...none, signatures: ['cosign tag .sig'] }],
    ['.att', { ...none, unclear: ['cosign tag .att'] }],
    ['.sbom', { ...none, attestations: ['cosign tag .sbom'] }],
    ['', { ...none, unclear: ['an OCI referrers fallback tag'] }],
  ])('with the tag of the digest and %j', async (suffix, attachments) => {
    expect(await found({ [`${fallback}${suffix}`]: {} })).toEqual(attachments);
  });
});

describe('a HEAD that is answered for every tag', () => {
  const tag = `${fallback}.sig`;

  test.each([
    ['with a page', { 'content-type': 'text/html' }],
    ['with JSON', { 'content-type': 'application/json' }],
    ['without a type', { 'content-type': '' }],
  ])('%s is no signature, and not "unsigned"', async (_title, headers) => {
    await expect(found({ [list]: index(), [tag]: [{}, headers] })).rejects.toThrow(/no manifest/);
  });

  test('with the image itself is no signature', async () => {
    const headers = { 'content-type': `${image}; charset=utf-8`, 'docker-content-digest': digest };
    expect(await found({ [list]: index(), [tag]: [{}, headers] })).toEqual(none);
  });
});

describe('where manifests may be read', () => {
  const may = { mayGetManifest: true };
  const manifest = `manifests/${other}`;
  const empty = descriptor('application/vnd.oci.empty.v1+json');

  test.each([
    ['a signature', referrer(bundle, signing), { ...none, signatures: [bundle] }],
    [
      'an attestation',
      referrer(bundle, predicate('https://slsa.dev/provenance/v1')),
      { ...none, attestations: [bundle] },
    ],
    ['a bundle of no kind', referrer(bundle), { ...none, unclear: [bundle] }],
    [
      'a signature of another image',
      referrer(bundle, signing, other),
      { ...none, unclear: ['a referrer of another image'] },
    ],
    [
      'a signature of nothing',
      referrer(bundle, signing, null),
      { ...none, unclear: ['a referrer of another image'] },
    ],
    [
      'nothing but a configuration',
      { ...referrer('', {}), config: { mediaType: notation } },
      { ...none, signatures: [notation] },
    ],
  ])('an entry of the fallback index is %s', async (_title, body, attachments) => {
    const answers = { [fallback]: index(empty), [manifest]: body };
    expect(await found(answers, may)).toEqual(attachments);
  });

  test('an entry of the fallback index that is gone proves nothing', async () => {
    expect(await found({ [fallback]: index(descriptor(notation)) }, may)).toEqual(none);
  });

  test('a fallback tag that leads to no index is not understood', async () => {
    await expect(found({ [fallback]: { schemaVersion: 2, layers: [] } }, may)).rejects.toThrow();
  });

  test('the API is believed, and only what it leaves open is read', async () => {
    const answers = {
      [list]: index(descriptor(notation), descriptor(bundle)),
      [manifest]: referrer(bundle, signing),
    };
    const { registry: at, asked } = await registry(answers, may);
    const attachments = await attachmentsOf(at, 'team/app', digest, image);
    expect(attachments).toEqual({ ...none, signatures: [notation, bundle] });
    expect(asked()).toEqual([`GET ${list}`, `GET ${manifest}`, ...cosignTags]);
  });

  test('no more than fifty manifests are read, the rest is unclear', async () => {
    const answers = {
      [list]: index(...Array(60).fill(descriptor(bundle))),
      [manifest]: referrer(bundle, signing),
    };
    const { registry: at, asked } = await registry(answers, may);
    const attachments = await attachmentsOf(at, 'team/app', digest, image);
    expect(attachments).toEqual({ ...none, signatures: [bundle], unclear: [bundle] });
    expect(asked().filter((line) => line === `GET ${manifest}`)).toHaveLength(50);
  });

  test.each([
    ['https://slsa.dev/provenance/v0.2', { ...none, attestations: ['cosign tag .att'] }],
    ['https://cosign.sigstore.dev/attestation/vuln/v1', none],
    [undefined, { ...none, unclear: ['cosign tag .att'] }],
  ])('an attestation tag of cosign with the predicate %j', async (predicateType, attachments) => {
    const layers = [{ annotations: { predicateType } }];
    const answers = { [list]: index(), [`${fallback}.att`]: { layers } };
    expect(await found(answers, may)).toEqual(attachments);
  });

  test.each([
    [
      'application/vnd.dev.cosign.simplesigning.v1+json',
      { ...none, signatures: ['cosign tag .sig'] },
    ],
    ['application/vnd.oci.image.layer.v1.tar+gzip', { ...none, unclear: ['cosign tag .sig'] }],
  ])('a signature tag of cosign with a layer %j', async (mediaType, attachments) => {
    const answers = { [list]: index(), [`${fallback}.sig`]: { layers: [{ mediaType }] } };
    expect(await found(answers, may)).toEqual(attachments);
  });

  test('an in-toto statement says in its layers what it states', async () => {
    const layers = [{ annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' } }];
    const answers = {
      [list]: index(descriptor(intoto)),
      [manifest]: { ...referrer(intoto), layers },
    };
    expect(await found(answers, may)).toEqual({ ...none, attestations: [intoto] });
  });

  test('attestations within an image index are seen', async () => {
    const platforms = index(
      { ...descriptor(null), platform: { os: 'linux' } },
      descriptor(null, { 'vnd.docker.reference.type': 'attestation-manifest' }),
    );
    const answers = { [list]: index(), [`manifests/${digest}`]: platforms };
    const attachments = { ...none, attestations: ['BuildKit attestation manifest'] };
    expect(await found(answers, may, imageIndex)).toEqual(attachments);
    expect(await found({ [list]: index() }, may, imageIndex)).toEqual(none);
  });
});

test('attestations within an image index that nobody may read are in doubt, signatures are not', async () => {
  const attachments = await found({ [list]: index() }, {}, imageIndex);
  expect(doubtsOf(attachments, 'attestation')).toEqual(['attestations within the image index']);
  expect(doubtsOf(attachments, 'signature')).toEqual([]);
});

test('what is found leaves no doubt of its kind, and only of its kind', async () => {
  const answers = { [list]: index(descriptor(notation), descriptor(bundle)) };
  const attachments = await found(answers);
  expect(doubtsOf(attachments, 'signature')).toEqual([]);
  expect(doubtsOf(attachments, 'attestation')).toEqual([bundle]);
});

test('no request is anything but GET and HEAD, and none is for a blob', async () => {
  const { registry: at, asked } = await registry(
    { [fallback]: index(descriptor(bundle)), [`manifests/${other}`]: referrer(bundle, signing) },
    { mayGetManifest: true },
  );
  await attachmentsOf(at, 'team/app', digest);
  expect(asked().length).toBeGreaterThan(5);
  expect(asked().filter((line) => !/^(?:GET|HEAD) (?:manifests|referrers)\//.test(line))).toEqual(
    [],
  );
});

test.each(['../x', 'a/../b', '/a', 'a//b', ''])(
  'the repository name %j is not asked for',
  async (name) => {
    const { registry: at, seen } = await registry({});
    await expect(attachmentsOf(at, name, digest)).rejects.toThrow('name of the repository');
    expect(seen).toEqual([]);
  },
);

test.each(['', 'sha256:1', 'latest', `sha256:${hex('1')}/../../x`, `md5:${hex('1')}`])(
  'the digest %j is not asked for',
  async (text) => {
    const { registry: at, seen } = await registry({});
    await expect(attachmentsOf(at, 'team/app', text)).rejects.toThrow('digest');
    expect(seen).toEqual([]);
  },
);
