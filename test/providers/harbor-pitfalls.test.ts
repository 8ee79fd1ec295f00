import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { DecodeError } from '../../src/decode/fields.ts';
import { demoSecret, harborAnswers } from '../../src/demo/harbor/answers.ts';
import { demoHost } from '../../src/demo/harbor/serve-estate.ts';
import { serve } from '../../src/demo/wire-server.ts';
import { secret } from '../../src/http/secret.ts';
import { artifact, scanResult } from '../../src/providers/harbor/decode/artifact.ts';
import { everRuns } from '../../src/providers/harbor/decode/cron.ts';
import {
  opensEverything,
  projectCoverage,
  tagWildcards,
} from '../../src/providers/harbor/decode/glob.ts';
import { newestPull } from '../../src/providers/harbor/decode/instance.ts';
import { endpoint } from '../../src/providers/harbor/decode/registry.ts';
import { keepRules } from '../../src/providers/harbor/decode/retention.ts';
import { scanner } from '../../src/providers/harbor/decode/scanning.ts';
import { collectsUntagged, schedule } from '../../src/providers/harbor/decode/schedule.ts';
import { retentionOf } from '../../src/providers/harbor/facts/retention.ts';
import { provider } from '../../src/providers/harbor/index.ts';
import { harborApi } from '../../src/providers/harbor/wire/api.ts';
import { harborClient } from '../../src/providers/harbor/wire/client.ts';
import { defaultRetryPolicy } from '../../src/providers/retry-policy.ts';
import { retention as policy } from '../support/harbor/law-scenes.ts';
import { scanEstate, scenario } from '../support/harbor/scan.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';

/** Answers that are easily taken for more than they say. */

describe('a scan overview', () => {
  const image = (report: object) =>
    artifact({
      digest: 'sha256:1',
      repository_name: 'shop/web',
      push_time: '2026-01-01T00:00:00Z',
      type: 'IMAGE',
      scan_overview: { 'application/vnd.security.vulnerability.report; version=1.1': report },
    });
  const success = {
    scan_status: 'Success',
    end_time: '2026-01-01T00:01:00Z',
    summary: { total: 0, fixable: 0, summary: {} },
  };

  it('of an index counts as a scan when all of its images were scanned, not one of them', () => {
    expect(scanResult(image({ ...success, complete_percent: 100 })).mode).toBe('finished');
    expect(scanResult(image({ ...success, complete_percent: 50 })).mode).toBe('missing');
  });

  it('that does not say how much of it is done says nothing', () => {
    expect(() => scanResult(image(success))).toThrow('complete_percent');
  });

  it.each([
    [{ total: 0, summary: {} }, true],
    [{ total: 2, summary: { High: 1, Unknown: 1 } }, true],
    [{ total: 3, summary: {} }, false],
    [{ total: 1, summary: { CRITICAL: 1 } }, false],
    [{ summary: { High: 1 } }, false],
  ])('the findings %j count: %s', (summary, counts) => {
    const overview = { ...success, complete_percent: 100, summary };
    if (counts) expect(scanResult(image(overview)).mode).toBe('finished');
    else expect(() => scanResult(image(overview))).toThrow('total');
  });
});

test.each([
  ['IMAGE', 'application/vnd.oci.image.config.v1+json', true],
  ['IMAGE', undefined, true],
  ['PICTURE', 'application/vnd.oci.image.config.v1+json', true],
  ['CHART', 'application/vnd.cncf.helm.config.v1+json', false],
  ['SBOM', 'application/vnd.oci.empty.v1+json', false],
])(
  'an artifact that Harbor calls %s, with the configuration %s, is an image: %s',
  (type, media_type, is) => {
    const entry = {
      digest: 'sha256:1',
      repository_name: 'a/b',
      push_time: '2026-01-01T00:00:00Z',
      type,
    };
    expect(artifact(media_type === undefined ? entry : { ...entry, media_type }).image).toBe(is);
  },
);

test.each([
  [{ support_vulnerability: true, support_sbom: true }, ''],
  [{ support_vulnerability: true }, ''],
  [{ support_sbom: true }, 'does not look for vulnerabilities'],
  [{ support_vulnerability: false }, 'does not look for vulnerabilities'],
  [{}, 'does not look for vulnerabilities'],
  [undefined, ''],
])('a scanner with the capabilities %j has the trouble "%s"', (capabilities, trouble) => {
  const found = scanner({ name: 'Trivy', health: 'healthy', disabled: false, capabilities });
  expect(found?.trouble.includes(trouble)).toBe(true);
  expect(found?.trouble === '').toBe(trouble === '');
});

const noLock = { only: [], open: [], untagged: false, perhaps: [] };

describe('retention by the last pull', () => {
  const rules = (template: string, days: number) => {
    const [rule] = policy.rules;
    const params = { [template]: days };
    const read = keepRules({ ...policy, rules: [{ ...rule, template, params }] }, 1);
    const found = retentionOf(read, noLock, false);
    return found.mode === 'rules' ? found.rules : [];
  };

  it('removes what was never pulled at once, however new it is', () => {
    const tagged = rules('nDaysSinceLastPull', 365).slice(0, 2);
    expect(tagged).toMatchObject([
      { keeps: { mode: 'days', days: 365, since: 'pull' } },
      { name: 'rule 1 (never pulled)', keeps: { mode: 'days', days: 0, since: 'push' } },
    ]);
  });

  it('so does a number of the last pulled ones', () => {
    const names = rules('latestPulledN', 50).map(({ name }) => name);
    expect(names).toContain('rule 1 (never pulled)');
  });

  it('in a cache everything was pulled, for that is how it got there', () => {
    const [rule] = policy.rules;
    const found = retentionOf(keepRules({ ...policy, rules: [rule] }, 1), noLock, true);
    expect(JSON.stringify(found)).not.toContain('never pulled');
  });

  it('a second rule that goes by the push keeps what was never pulled', () => {
    const [rule] = policy.rules;
    const more = { ...rule, template: 'latestPushedK', params: { latestPushedK: 30 } };
    const both = keepRules({ ...policy, rules: [rule, more] }, 1);
    const found = retentionOf(both, noLock, false);
    expect(JSON.stringify(found)).not.toContain('never pulled');
  });

  it('says nothing of the kind where the limit is the push', () => {
    expect(JSON.stringify(rules('nDaysSinceLastPush', 365))).not.toContain('never pulled');
  });
});

it.each([[[['zz']]], ['zz'], [{ zz: 'none' }], [true]])(
  'an amount of retention that is %j is not taken for the default of Harbor',
  (amount) => {
    const [rule] = policy.rules;
    const rules = [{ ...rule, template: 'latestPushedK', params: { latestPushedK: amount } }];
    expect(() => keepRules({ ...policy, rules }, 1)).toThrow(DecodeError);
  },
);

it('a rule of retention needs no number: Harbor counts from nought and leaves nought out', () => {
  const rules = policy.rules.map(({ id: _, ...rule }) => rule);
  expect(keepRules({ ...policy, rules }, 1).map(({ name }) => name)).toEqual(['rule 1']);
});

describe('garbage collection', () => {
  const set = schedule({
    schedule: { type: 'Daily', cron: '0 0 0 * * *' },
    job_parameters: '{"delete_untagged":true}',
  });
  const run = (job_status: string) => ({
    schedule: { type: 'Schedule' },
    creation_time: '2026-01-01T00:00:00Z',
    job_parameters: '{"delete_untagged":true,"dry_run":false}',
    job_status,
  });

  it.each(['Success', 'Running', 'Pending', 'Scheduled'])('that is %s collects', (status) => {
    expect(collectsUntagged(set, [run(status)])).toBe(true);
  });

  it.each(['Error', 'Stopped'])('whose newest run ended in %s may collect nothing', (status) => {
    expect(() => collectsUntagged(set, [run(status)])).toThrow(status);
  });
});

it('a record of a pull without a readable time proves nothing', () => {
  expect(() => newestPull([{ operation: 'pull', op_time: 'yesterday' }])).toThrow('op_time');
});

describe('patterns of a megabyte', () => {
  const long = 1024 * 1024;
  it.each([
    ['brackets', '['.repeat(long)],
    ['braces', '{'.repeat(long)],
    ['choices', '{a}'.repeat(long / 3)],
    ['letters', 'a'.repeat(long)],
    ['stars', '*a'.repeat(long / 2)],
  ])('of %s are turned down before they are taken apart', (_, glob) => {
    expect(tagWildcards(glob)).toBeNull();
    expect(projectCoverage(`${glob}/**`, 'shop'.repeat(60))).toBe('unclear');
    expect(opensEverything(glob)).toBe(true);
  });
});

describe('Harbor as a whole', () => {
  const of = ({ findings }: Scan, check: string, repository?: string) =>
    findings.find(
      (one) => one.check === check && one.repository === (repository ?? one.repository),
    );
  const good = () => scenario('all-good');
  const withRobot = async (kind: string, resource: string, action: string) => {
    const access = [{ resource, action }];
    const namespace = kind === 'system' ? '/' : '*';
    const robot = {
      name: 'robot$helper',
      expires_at: 1_800_000_000,
      permissions: [{ kind, namespace, access }],
    };
    return scanEstate(
      { ...(await good()), robots: [robot] },
      { expected: { ciIdentities: ['ci'] } },
    );
  };

  it.each(['v2.13.0-1a2b3c4d', 'v2.15.2-1a2b3c4d'])('%s records no members', async (version) => {
    const estate = await good();
    const scan = await scanEstate({ ...estate, info: { ...estate.info, harbor_version: version } });
    expect(of(scan, 'audit-log-on')).toMatchObject({ verdict: 'fail' });
    expect(of(scan, 'audit-log-on')?.message).toContain('neither members nor settings');
  });

  it('before release 2.9 content trust was Notary, which is no signature any more', async () => {
    const estate = await good();
    const projects = { old: { metadata: { enable_content_trust: 'true' } } };
    const signed = async (harbor_version: string) => {
      const info = { ...estate.info, harbor_version };
      const scan = await scanEstate({ ...estate, info, projects });
      return of(scan, 'signing-configured', 'old')?.verdict;
    };
    expect(await signed('v2.8.4-1a2b3c4d')).toBe('fail');
    expect(await signed('v2.9.0-1a2b3c4d')).toBe('pass');
  });

  it.each([
    ['system', 'user', 'update', 'fail'],
    ['system', 'replication-policy', 'create', 'fail'],
    ['system', 'scan-all', 'create', 'pass'],
    ['project', 'member', 'create', 'fail'],
    ['project', 'artifact', 'create', 'fail'],
    ['project', 'artifact', 'list', 'pass'],
  ])('a robot of level %s with %s:%s: %s', async (kind, resource, action, verdict) => {
    const scan = await withRobot(kind, resource, action);
    expect(of(scan, 'broad-tokens-off')).toMatchObject({ verdict });
  });

  it('to copy images into a project is to push', async () => {
    const scan = await withRobot('project', 'artifact', 'create');
    expect(of(scan, 'push-limited-to-ci', 'shop')?.message).toContain('robot$helper (workload)');
  });

  it('keeps no user or query of an address', () => {
    const address = 'https://me:hunter2@hub.example.org/x?token=hunter2';
    expect(endpoint({ id: 1, url: address }).url).toBe('https://hub.example.org/x');
  });
});

it('a list is not whole when one of its pages was answered as to a stranger', async () => {
  const server = createServer(({ url = '' }, response) => {
    const first = url.includes('page=1&');
    response.setHeader('x-total-count', first ? '3' : '1');
    if (first) response.setHeader('link', '</api/v2.0/projects?page=2&page_size=100>; rel="next"');
    response.end(JSON.stringify(first ? [{ name: 'a' }, { name: 'b' }] : []));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const client = harborClient({
    registry: 'harbor://127.0.0.1',
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    username: secret('auditor'),
    password: secret('demo'),
    context: {
      concurrency: 1,
      signal: new AbortController().signal,
      retryPolicy: { ...defaultRetryPolicy, waits: false },
      environment: {},
      caFile: undefined,
      progress: () => undefined,
    },
  });
  expect(await harborApi(client).all('listProjects', (entries) => entries)).toMatchObject({
    why: 'undecodable',
    from: { detail: 'the list ends after 2 of 3 entries' },
  });
  await client.close();
});

test('credentials that end while projects are listed leave the list in doubt', async () => {
  const estate = await scenario('all-good');
  const { answer, calls } = harborAnswers(estate);
  let asked = 0;
  const stranger = {
    status: 401,
    headers: { 'content-type': 'application/json' },
    body: '{"errors":[{"code":"UNAUTHORIZED","message":"unauthorized"}]}',
  };
  const { url, close } = await serve((request) => {
    if (request.path.endsWith('/users/current')) asked += 1;
    return asked > 1 && request.path.endsWith('/users/current') ? stranger : answer(request);
  });
  const environment = { HARBOR_USERNAME: estate.caller.name, HARBOR_PASSWORD: demoSecret };
  const { summary, findings } = await scanProvider(
    provider,
    { environment, asOf: estate.asOf, calls, close },
    { address: demoHost, options: { url }, context: { environment } },
  );
  expect(asked).toBeGreaterThan(1);
  expect(summary.registries[0]?.listing.state).toBe('unknown');
  const judged = findings.filter(
    ({ repository, verdict }) => repository !== null && verdict === 'pass',
  );
  expect(judged.length).toBeGreaterThan(0);
});

it.each([
  ['0 0 0 * * *', true],
  ['0 0 0 31 1,2 *', true],
  ['0 0 0 29 2 *', true],
  ['0 0 0 31 2 1', true],
  ['0 0 0 1-5 */2 *', true],
  ['0 0 0 30 2 *', false],
  ['0 0 0 31 4,6 ?', false],
])('a schedule of %s ever runs: %s', (cron, runs) => {
  expect(everRuns(cron)).toBe(runs);
});

it('a retention policy whose date never comes removes nothing', () => {
  const policy = (cron: string) => ({
    id: 1,
    algorithm: 'or',
    scope: { level: 'project', ref: 1 },
    trigger: { kind: 'Schedule', settings: { cron } },
    rules: [
      {
        action: 'retain',
        template: 'latestPushedK',
        params: { latestPushedK: 1 },
        tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
      },
    ],
  });
  expect(keepRules(policy('0 0 0 31 2 *'), 1)).toEqual([]);
  expect(keepRules(policy('0 0 0 1 2 *'), 1)).toHaveLength(1);
});
