import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Estate, EstateProject } from '../../src/demo/artifact-registry/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { upstream } from '../../src/providers/artifact-registry/decode/repository.ts';
import { withProject, withRepository } from '../support/google/change.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';

const good = await scenario('all-good');

async function verdictOf(
  estate: Estate,
  check: string,
  repository: string | null = 'shop',
  faults: readonly Fault[] = [],
) {
  const selected = checks.filter(({ id }) => id === check);
  const { findings } = await scanEstate(
    { ...estate, faults },
    { checks: selected, address: 'shop-prod/europe' },
  );
  const found = findings.find((one) => one.check === check && one.repository === repository);
  return { verdict: found?.verdict, message: found?.message };
}

describe('what starts images', () => {
  const entry = (policy?: string) => ({
    metadata: {
      name: 'nightly',
      annotations:
        policy === undefined ? {} : { 'run.googleapis.com/binary-authorization': policy },
    },
  });
  const kinds = ['runServices', 'runJobs', 'runWorkerPools'] as const;
  const running = (kind: (typeof kinds)[number], policy?: string) =>
    withProject(good, (): Partial<EstateProject> => ({ [kind]: [entry(policy)] }));

  test.each(kinds)('%s without a policy start any image', async (kind) => {
    const { verdict, message } = await verdictOf(running(kind), 'signature-required');
    expect(verdict).toBe('fail');
    expect(message).toContain('nightly does not enforce the policy');
  });

  test.each(kinds)('%s that enforce the policy of the project', async (kind) => {
    expect((await verdictOf(running(kind, 'default'), 'signature-required')).verdict).toBe('pass');
  });

  test.each(kinds)('%s that enforce a platform policy, which is not read', async (kind) => {
    const named = 'projects/sec/platforms/cloudRun/policies/p';
    expect((await verdictOf(running(kind, named), 'signature-required')).verdict).toBe('unknown');
  });

  test.each(['ListRunJobs', 'ListRunWorkerPools'])('is unknown without %s', async (operation) => {
    const denied: Fault = { kind: 'denied', operation };
    const { verdict } = await verdictOf(good, 'signature-required', 'shop', [denied]);
    expect(verdict).toBe('unknown');
  });
});

describe('upstreams', () => {
  const remote = (uri: string) => ({
    settings: {
      format: 'DOCKER',
      mode: 'REMOTE_REPOSITORY',
      remoteRepositoryConfig: { commonRepository: { uri } },
    },
  });
  const virtual = (...repositories: string[]) => ({
    settings: {
      format: 'DOCKER',
      mode: 'VIRTUAL_REPOSITORY',
      virtualRepositoryConfig:
        repositories.length === 0
          ? {}
          : { upstreamPolicies: repositories.map((repository) => ({ id: 'a', repository })) },
    },
  });
  const path = 'projects/shop-prod/locations/europe/repositories';

  test('another repository of Artifact Registry may be named by its path', async () => {
    const named = 'projects/other/locations/us/repositories/x';
    const estate = withRepository(good, () => ({}), { mirror: remote(named) });
    expect((await verdictOf(estate, 'tags-immutable', 'mirror')).verdict).toBe('pass');
    expect((await verdictOf(estate, 'upstream-scope-narrow', null)).verdict).toBe('pass');
    const of = (uri: string) => upstream({ remoteRepositoryConfig: { commonRepository: { uri } } });
    expect(of(named).url).toBe('https://us-docker.pkg.dev/other/x');
    expect(of('projects/example.com:p/locations/eu/repositories/x').url).toBe(
      'https://eu-docker.pkg.dev/example.com/p/x',
    );
  });

  test('a virtual repository without members serves nothing', async () => {
    const estate = withRepository(good, () => ({}), { all: virtual() });
    expect((await verdictOf(estate, 'anonymous-pull-off')).verdict).toBe('pass');
    expect((await verdictOf(estate, 'upstream-scope-narrow', null)).verdict).toBe('pass');
  });

  test('a member of another location is asked for there', async () => {
    const mirror = remote('https://r.example/v2/team');
    const elsewhere = 'projects/shop-prod/locations/us/repositories/base';
    const served = withRepository(good, () => ({}), {
      mirror,
      all: virtual(`${path}/mirror`, elsewhere),
    });
    const base = { settings: { format: 'DOCKER', mode: 'STANDARD_REPOSITORY' } };
    const estate = withProject(served, ({ locations }) => ({
      locations: { ...locations, us: { base } },
    }));
    // The remote one is asked no later than that member: every name is claimed.
    expect((await verdictOf(estate, 'upstream-scope-narrow', null)).verdict).toBe('fail');
    const denied: Fault = { kind: 'denied', operation: 'GetRepository' };
    const { verdict } = await verdictOf(estate, 'upstream-scope-narrow', null, [denied]);
    expect(verdict).toBe('unknown');
  });
});

describe('keys of service accounts', () => {
  const forever = withProject(good, ({ serviceAccountKeys = {} }) => ({
    serviceAccountKeys: Object.fromEntries(
      Object.entries(serviceAccountKeys).map(([email, keys]) => [
        email,
        keys.map((key) => ({ ...key, validBeforeTime: '9999-12-31T23:59:59Z' })),
      ]),
    ),
  }));
  const denied: Fault = { kind: 'denied', operation: 'QueryActivities' };
  const off = (estate: Estate) => withProject(estate, () => ({ off: ['policyanalyzer'] }));

  test('are judged by their end without the record of their use', async () => {
    for (const faults of [[], [denied]]) {
      expect((await verdictOf(forever, 'tokens-expire', null, faults)).verdict).toBe('fail');
      expect((await verdictOf(good, 'tokens-expire', null, faults)).verdict).toBe('pass');
      expect((await verdictOf(good, 'broad-tokens-off', null, faults)).verdict).toBe('pass');
    }
    expect((await verdictOf(off(forever), 'tokens-expire', null)).verdict).toBe('fail');
  });

  test('are unknown where their use counts and is not told', async () => {
    expect((await verdictOf(good, 'tokens-in-use', null)).verdict).toBe('pass');
    expect((await verdictOf(good, 'tokens-in-use', null, [denied])).verdict).toBe('unknown');
    expect((await verdictOf(off(good), 'tokens-in-use', null)).verdict).toBe('unknown');
  });
});

describe('a cure', () => {
  const refusing = (details: object): Fault => ({
    kind: 'new-word',
    operation: 'GetBinaryAuthorizationPolicy',
    field: 'error.details',
    value: [details],
  });
  const off = withProject(good, () => ({ off: ['binaryauthorization'] }));

  test.each([
    [{ reason: 'SERVICE_DISABLED', metadata: { consumer: 'projects/99' } }, 'enable the API'],
    [{ reason: 'USER_PROJECT_DENIED' }, 'grant serviceusage.services.use on the quota project'],
    [{ violations: [{ type: 'VPC_SERVICE_CONTROLS' }] }, 'admit the auditor by an ingress rule'],
  ])('for %j is not to grant the permission', async (details, cure) => {
    const selected = checks.filter(({ id }) => id === 'signature-required');
    const { findings } = await scanEstate(
      { ...off, faults: [refusing(details)] },
      { checks: selected, address: 'shop-prod/europe' },
    );
    const found = findings.find(({ repository }) => repository === 'shop');
    expect(found?.verdict).toBe('unknown');
    expect(JSON.stringify(found)).toContain(cure);
  });
});

describe('the log of pushes', () => {
  test('that is not written is kept for no day', async () => {
    const estate: Estate = {
      ...good,
      organization: { id: '880011223344', domain: 'shop.example', policy: {} },
    };
    const { verdict, message } = await verdictOf(estate, 'audit-log-kept', null);
    expect(verdict).toBe('fail');
    expect(message).toContain('0 days');
  });
});

describe('an index of several platforms', () => {
  const index = 'application/vnd.oci.image.index.v1+json';
  const holding = (...platforms: readonly string[]) =>
    withRepository(good, ({ images = [] }) => ({
      images: images
        .filter(({ name }) => name === 'web-2')
        .map(({ notes: _, ...image }) => ({
          ...image,
          mediaType: index,
          manifests: platforms.map((platform) => {
            const [os, architecture] = platform.split('/');
            return { os, architecture, digest: 'sha256:0' };
          }),
        })),
      attachments: [],
    }));

  test.each([
    [['linux/amd64', 'unknown/unknown'], 'unknown'],
    [['linux/amd64', 'linux/arm64'], 'fail'],
    [[], 'unknown'],
  ])('with the members %j may hold attestations: %s', async (platforms, verdict) => {
    const found = await verdictOf(holding(...platforms), 'recent-images-attested');
    expect(found.verdict).toBe(verdict);
  });
});
