import { describe, expect, test } from 'vitest';
import { attachedOf, attachmentsOf } from '../../src/oci/attachments.ts';
import {
  type Answers,
  bundle,
  descriptor,
  digest,
  hex,
  index,
  manifest,
  notation,
  other,
  predicate,
  registry,
  signing,
} from './support/registry.ts';

const nothing = { signature: [] as string[], attestation: [] as string[] };
const none = { signatures: [], attestations: [], doubts: nothing, candidates: [] };
const unclear = (says: string) => ({
  ...none,
  doubts: { signature: [says], attestation: [says] },
});
const maybeSignature = (says: string) => ({ ...none, doubts: { ...nothing, signature: [says] } });
const maybeAttestation = (says: string) => ({
  ...none,
  doubts: { ...nothing, attestation: [says] },
});
const image = 'application/vnd.oci.image.manifest.v1+json';
const intoto = 'application/vnd.in-toto+json';
const imageIndex = 'application/vnd.oci.image.index.v1+json';
const plain = { digest, mayBeIndex: false };
const fallback = `manifests/sha256-${hex('1')}`;
const list = `referrers/${digest}`;
const cosignTags = ['.sig', '.att', '.sbom'].map((suffix) => `HEAD ${fallback}${suffix}`);

async function found(answers: Answers, more: Parameters<typeof registry>[1] = {}) {
  const { registry: at } = await registry(answers, more);
  return attachmentsOf(at, 'team/app', plain);
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
    ['a bundle of no kind', index(descriptor(bundle)), unclear(bundle)],
    [
      'a bundle that states something new',
      index(descriptor(bundle, predicate('https://example.org/new'))),
      maybeAttestation(bundle),
    ],
    ['a new type', index(descriptor('application/vnd.new')), unclear('application/vnd.new')],
    ['no type', index(descriptor(null)), unclear('a referrer without a type')],
    ['a statement that may be of a scanner', index(descriptor(intoto)), maybeAttestation(intoto)],
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
    await attachmentsOf(at, 'team/app', plain);
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
    ['nothing', ['', {}]],
    ['null', { ...index(), manifests: null }],
    ['an index without a version', { ...index(), schemaVersion: undefined }],
    ['a manifest', { ...manifest([]), mediaType: undefined }],
    ['a list about something else', { registry: 'x', imageName: 'app', manifests: [] }],
    ['an index and a manifest at once', { ...index(), layers: [] }],
    ['an index that calls itself a manifest', { ...index(), mediaType: image }],
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
    expect(await attachmentsOf(at, 'team/app', plain)).toEqual(none);
    expect(asked()).toEqual([`GET ${list}`, `HEAD ${fallback}`, ...cosignTags]);
  });

  test.each([401, 403, 429, 500])('that answers %i for a tag is a refusal', async (status) => {
    await expect(found({ [`${fallback}.sig`]: status })).rejects.toMatchObject({ status });
  });

  test('that is known to have none is not asked for it', async () => {
    const { registry: at, asked } = await registry({}, { referrers: 'fallback-only' });
    await attachmentsOf(at, 'team/app', plain);
    expect(asked()).toEqual([`HEAD ${fallback}`, ...cosignTags]);
  });

  test('whose tags are known is asked nothing', async () => {
    const tags = new Map([
      ['v1', digest],
      [`sha256-${hex('1')}.sig`, other],
      [`sha256-${hex('2')}.att`, null],
    ]);
    const { registry: at, asked } = await registry({}, { referrers: 'fallback-only', tags });
    const attachments = await attachmentsOf(at, 'team/app', plain);
    expect(attachments).toEqual(maybeSignature('cosign tag .sig'));
    expect(asked()).toEqual([]);
  });

  test('a listed tag that leads to the image itself is nothing', async () => {
    const tags = new Map(
      ['', '.sig', '.att', '.sbom'].map((end) => [`sha256-${hex('1')}${end}`, digest]),
    );
    expect(await found({}, { tags })).toEqual(none);
  });

  test('a listed tag of no told digest is a doubt', async () => {
    const tags = new Map([[`sha256-${hex('1')}.sbom`, null]]);
    expect(await found({}, { tags })).toEqual(maybeAttestation('cosign tag .sbom'));
  });

  test.each([
    ['.sig', maybeSignature('cosign tag .sig')],
    ['.att', maybeAttestation('cosign tag .att')],
    ['.sbom', maybeAttestation('cosign tag .sbom')],
    ['', unclear('an OCI referrers fallback tag')],
  ])('whose tag of the digest and %j was not read has it in doubt', async (suffix, attachments) => {
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
    await expect(found({ [list]: index(), [tag]: [{}, headers] })).rejects.toThrow(
      /not a manifest/,
    );
  });

  test('with the image itself is no signature', async () => {
    const headers = { 'content-type': `${image}; charset=utf-8`, 'docker-content-digest': digest };
    expect(await found({ [list]: index(), [tag]: [{}, headers] })).toEqual(none);
  });
});

test('attestations within an image index that nobody may read are in doubt, signatures are not', async () => {
  const { registry: at } = await registry({ [list]: index() });
  const attachments = await attachmentsOf(at, 'team/app', { digest, mayBeIndex: true });
  expect(attachments).toEqual(maybeAttestation('attestations in the image index'));
});

test('what is found leaves no doubt of its kind, and only of its kind', async () => {
  const attachments = await found({ [list]: index(descriptor(notation), descriptor(bundle)) });
  expect(attachedOf(attachments, 'signature')).toEqual({ found: [notation], doubts: [] });
  expect(attachedOf(attachments, 'attestation')).toEqual({ found: [], doubts: [bundle] });
});

describe('an answer of another origin', () => {
  test.each([list, `${fallback}.sig`])('to %s decides nothing', async (path) => {
    const stranger = await registry({
      [list]: index(),
      [`${fallback}.sig`]: [{}, { 'content-type': image }],
    });
    const answers = { [list]: index(), [path]: `${stranger.base}/v2/team/app/${path}` };
    await expect(found(answers)).rejects.toMatchObject({ code: 'redirect' });
    expect(stranger.seen).toEqual([]);
  });
});

test.each(['../x', 'a/../b', '/a', 'a//b', ''])(
  'the repository name %j is not asked for',
  async (name) => {
    const { registry: at, seen } = await registry({});
    await expect(attachmentsOf(at, name, plain)).rejects.toThrow('name of the repository');
    expect(seen).toEqual([]);
  },
);

test.each(['', 'sha256:1', 'latest', `sha256:${hex('1')}/../../x`, `md5:${hex('1')}`])(
  'the digest %j is not asked for',
  async (text) => {
    const { registry: at, seen } = await registry({});
    await expect(attachmentsOf(at, 'team/app', { digest: text, mayBeIndex: true })).rejects.toThrow(
      'digest',
    );
    expect(seen).toEqual([]);
  },
);
