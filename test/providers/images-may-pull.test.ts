import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Estate, EstateRepository } from '../../src/demo/acr/estate.ts';
import { boundedCandidates } from '../../src/providers/image-facts.ts';
import { layer, manifest } from '../oci/support/registry.ts';
import { signed, simpleSigning } from '../oci/support/signed.ts';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { scenario } from '../support/acr/scenario.ts';
import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';

const wanted = checks.filter(({ id }) => id === 'recent-images-signed');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const digest = `sha256:${sha256('app 1')}`;
const tag = `sha256-${sha256('app 1')}.sig`;
const pushedAt = '2026-10-20T10:00:00Z';
const payloadType = 'application/vnd.dev.cosign.simplesigning.v1+json';

/** A signature of cosign that names a digest, as the registry stores it. */
function signatureOf(names: string) {
  const payload = simpleSigning(names);
  const filed = manifest([layer(payloadType, payload, signed)]);
  return [
    { tag, mediaType: filed.mediaType, content: JSON.stringify(filed) },
    { mediaType: 'application/octet-stream', content: JSON.stringify(payload) },
  ];
}

type Stored = ReturnType<typeof signatureOf>;
type AcrImages = NonNullable<EstateRepository['images']>;
const images = (mayPull: boolean) => ({
  checks: wanted,
  context: {
    images: { newest: 3, tags: [], mayPull },
    plan: {
      registry: new Set<string>(),
      repository: new Set(['recentSignatures', 'recentCandidates']),
    },
  },
});

async function onDockerHub(stored: Stored, mayPull: boolean) {
  const good = await hubScenario('all-good');
  const image = { name: 'app 1', tags: ['v1'], pushedAt };
  const named = { name: 'what is under the name', tags: [tag], platforms: ['/'], pushedAt };
  const repositories = { app: { private: true, images: [image, named], stored } };
  return scanHub({ ...good, repositories }, images(mayPull));
}

/** An estate with one repository of these images. */
async function acrWith(images: AcrImages, stored: Stored): Promise<Estate> {
  const good = await scenario('all-good');
  const [[subscription, held] = []] = Object.entries(good.subscriptions);
  if (subscription === undefined || held === undefined) throw new Error('all-good has changed');
  const [[path, registry] = []] = Object.entries(held.registries);
  if (path === undefined || registry === undefined) throw new Error('all-good has changed');
  const registries = { [path]: { ...registry, repositories: { app: { images, stored } } } };
  return { ...good, subscriptions: { [subscription]: { ...held, registries } } };
}

async function onAcr(stored: Stored, mayPull: boolean) {
  const image = { name: 'app 1', tags: ['v1'], pushedAt, cosign: ['sig'] };
  return scanEstate(await acrWith([image], stored), images(mayPull));
}

describe.each([
  ['Docker Hub', onDockerHub],
  ['ACR', onAcr],
] as const)('a signature of cosign on %s', (_title, scan) => {
  const judged = async (stored: Stored, mayPull: boolean) => {
    const { findings } = await scan(stored, mayPull);
    return findings.map(({ verdict, message }) => `${verdict}: ${message}`).join('\n');
  };

  test('passes where it may be read and names its image', async () => {
    expect(await judged(signatureOf(digest), true)).toMatch(
      /^pass: a signature is filed for 1 of 1 newest images/,
    );
  });

  test('fails where it may be read and names another image', async () => {
    const other = `sha256:${sha256('app 2')}`;
    expect(await judged(signatureOf(other), true)).toMatch(/^fail: newest images without a sig/);
  });

  test('is unknown where it may not be read, with the setting that allows it', async () => {
    const said = await judged(signatureOf(digest), false);
    expect(said).toMatch(/^unknown: .*cosign tag \.sig; .*images\.mayPull: true/);
  });

  test('is unknown where its manifest or its payload cannot be read', async () => {
    const [filed, payload] = signatureOf(digest);
    if (filed === undefined || payload === undefined) throw new Error('nothing was filed');
    for (const stored of [[payload], [filed]]) {
      expect(await judged(stored, true)).toMatch(/^unknown: .*cosign tag \.sig \(/);
    }
  });

  test('is kept for whoever verifies it, where it may be read', async () => {
    const candidates = async (mayPull: boolean) => {
      const { readings } = await scan(signatureOf(digest), mayPull);
      return readings.flatMap((line) =>
        line.kind === 'repository' ? [line.facts.recentCandidates] : [],
      );
    };
    const content = Buffer.from(JSON.stringify(simpleSigning(digest))).toString('base64');
    expect(await candidates(true)).toMatchObject([
      {
        state: 'known',
        value: [{ digest, candidates: [{ form: 'simple-signing', content }], unread: [] }],
      },
    ]);
    expect(await candidates(false)).toMatchObject([{ state: 'unknown', why: 'inconclusive' }]);
  });
});

test('of more candidates than a snapshot holds the rest is named as unread', () => {
  const content = Buffer.alloc(200_000).toString('base64');
  const one = { form: 'dsse' as const, digest, content, annotations: {} };
  const image = { image: 'v1', digest, candidates: Array(6).fill(one), unread: ['a bundle'] };
  const [first, second] = boundedCandidates([image, image], true);
  expect(first?.candidates).toHaveLength(5);
  expect(first?.unread).toEqual(['a bundle', '1 more, beyond 50 an image or 1048576 bytes']);
  expect(second?.candidates).toEqual([]);
});

const helm = 'application/vnd.cncf.helm.config.v1+json';

describe('a Helm chart is judged as an image nowhere', () => {
  test('on Docker Hub', async () => {
    const good = await hubScenario('all-good');
    const chart = { name: 'chart', tags: ['1.0.0'], pushedAt, contentType: 'helm' };
    const repositories = { app: { private: true, images: [chart] } };
    const { findings } = await scanHub({ ...good, repositories }, images(false));
    expect(findings.map(({ message }) => message)).toEqual(['there is no image to check']);
  });

  test.each([
    ['a chart alone', [], /^there is no image to check$/],
    [
      'a chart beside an image',
      [{ name: 'app 1', tags: ['v1'], pushedAt: '2026-01-01T10:00:00Z' }],
      /v1 .*\(1 of 1\)/,
    ],
  ])('on ACR, %s', async (_title, others, says) => {
    const chart = { name: 'chart', tags: ['1.0.0'], pushedAt, configMediaType: helm };
    const { findings } = await scanEstate(await acrWith([chart, ...others], []), images(false));
    expect(findings.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
  });
});

describe('on Docker Hub', () => {
  const scanned = async (more: object, mayPull = false) => {
    const good = await hubScenario('all-good');
    const image = { name: 'app 1', tags: ['v1'], pushedAt, ...more };
    const repositories = { app: { private: true, images: [image] } };
    const attested = checks.filter(({ id }) => id === 'recent-images-attested');
    const context = { images: { newest: 3, tags: [], mayPull } };
    const { findings } = await scanHub({ ...good, repositories }, { checks: attested, context });
    return findings.map(({ verdict }) => verdict);
  };

  test('an index whose members are not listed may hold attestations', async () => {
    expect(await scanned({ platforms: [] })).toEqual(['unknown']);
    expect(await scanned({})).toEqual(['fail']);
  });
});
