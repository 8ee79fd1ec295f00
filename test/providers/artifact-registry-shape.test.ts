import { describe, expect, test } from 'vitest';
import { serveEstate } from '../../src/demo/artifact-registry/serve-estate.ts';
import type { WireAnswer } from '../../src/demo/wire-server.ts';
import { documented } from '../../src/providers/artifact-registry/decode/shape.ts';
import { provider } from '../../src/providers/artifact-registry/index.ts';
import { operations } from '../../src/providers/artifact-registry/operations.ts';
import { scenario } from '../support/google/scenario.ts';
import { scanProvider } from '../support/scan-provider.ts';

const damaged = (key: string) => ({ [`${key}\ufffd`]: [{ name: 'x' }] });

/** The listings to which Google answers `{}` where there is nothing. */
const emptyMeansNone = [
  'SearchAllResources',
  'ListRepositories',
  'ListServiceAccountKeys',
  'QueryActivities',
  'ListAttestors',
  'ListClusters',
  'ListOccurrences',
  'GetVulnerabilitySummary',
  'ListSinks',
  'ListLogBuckets',
  'ListAccessPolicies',
  'ListServicePerimeters',
  'ListAccessLevels',
  'ListDockerImages',
  'ListAttachments',
];

/** What is stored is bytes that are held to their digest. */
const objects = Object.entries(operations).filter(([name]) => name !== 'GetManifest');

describe.each(objects)('a 2xx that is no answer to %s', (name, { shape }) => {
  const { always, entries = 'x' } = shape;
  test.each([
    ['nothing', null],
    ['a list', []],
    ['text', 'ok'],
    ['an error', { error: { code: 403, message: 'no' } }],
    ['a list of errors', { errors: [] }],
    ['an error beside what is always there', { ...present(always), error: {} }],
    ['keys that were damaged', damaged(entries)],
    ['the last page, its entries damaged', { ...damaged(entries), nextPageToken: '' }],
  ])('%s', (_what, body) => {
    expect(() => documented(body, shape)).toThrow();
  });

  test('{} means that there is nothing only where Google says so', () => {
    if (emptyMeansNone.includes(name)) expect(documented({}, shape)).toEqual({});
    else expect(() => documented({}, shape)).toThrow(/missing/);
  });
});

function present(keys: readonly string[]): object {
  return Object.fromEntries(keys.map((key) => [key, 'x']));
}

const bodies: readonly (readonly [string, Partial<WireAnswer>])[] = [
  ['204', { status: 204, body: '' }],
  ['an error with 200', { body: '{"error":{"code":403}}' }],
  ['damaged keys', { body: '{"it\\ufffdms":[{"name":"x"}],"k":[]}' }],
];
const listings: readonly (readonly [string, RegExp, string, string | null])[] = [
  ['images', /\/dockerImages$/, 'recent-images-scanned', 'shop'],
  ['images', /\/dockerImages$/, 'recent-images-signed', 'shop'],
  ['attachments', /\/attachments$/, 'recent-images-signed', 'shop'],
  ['buckets', /^\/storage\/v1\/b$/, 'legacy-storage-private', null],
  ['keys of service accounts', /\/serviceAccounts\/.*\/keys$/, 'tokens-expire', null],
  ['repositories', /\/locations\/[^/]+\/repositories$/, 'tags-immutable', null],
  ['assets', /:searchAllResources$/, 'tags-immutable', null],
  ['perimeters', /\/servicePerimeters$/, 'public-endpoint-closed', null],
  ['vulnerabilities', /:vulnerabilitySummary$/, 'recent-images-clean', 'shop'],
  [
    'the policy of a repository',
    /\/repositories\/shop:getIamPolicy$/,
    'push-limited-to-ci',
    'shop',
  ],
];

describe('what is listed by an answer that is none is unknown', () => {
  test.each(bodies.flatMap(([what, body]) => listings.map((row) => [what, ...row, body] as const)))(
    '%s for %s: %s %s of %s',
    async (_what, _list, path, check, repository, body) => {
      const estate = await scenario('all-good');
      const served = await serveEstate(estate, (request, answer) =>
        path.test(request.path) ? { ...answer, ...body } : answer,
      );
      const options = { endpoint: served.endpoint, organization: estate.organization?.id };
      const { findings } = await scanProvider(
        provider,
        { ...served, asOf: estate.asOf },
        { options },
      );
      const verdicts = findings
        .filter((one) => one.check === check && one.repository === repository)
        .map(({ verdict }) => verdict);
      expect(new Set(verdicts)).toEqual(new Set(['unknown']));
    },
  );
});
