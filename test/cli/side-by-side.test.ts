import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/demo/fault.ts';
import { serveEstate } from '../../src/demo/harbor/serve-estate.ts';
import { scenario } from '../support/harbor/scan.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

interface Silent {
  readonly url: string;
  readonly asked: () => number;
  readonly close: () => Promise<void>;
}

/** A server that accepts, and never answers. */
async function silent(): Promise<Silent> {
  let asked = 0;
  const sockets = new Set<Socket>();
  const server = createServer(() => {
    asked += 1;
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

let hung: Silent;
let environment: Readonly<Record<string, string>>;
let good = '';

/** A good instance of Harbor, in which some things go wrong. */
async function harbor(faults: readonly Fault[] = []): Promise<string> {
  const served = await serveEstate({ ...(await scenario('all-good')), faults });
  closing.push(served.close);
  environment = served.environment;
  return served.url;
}

let alone: Awaited<ReturnType<typeof scan>>;

beforeAll(async () => {
  hung = await silent();
  closing.push(hung.close);
  good = await harbor();
  alone = await scan([a()]);
});

/**
 * Scans with a time that is enough for the instance `a`, which on a machine with much else to do may be
 * more than five seconds. In: the entries, and the name of what sets it.
 */
async function inTime(entries: readonly Entry[], name: string) {
  for (const seconds of ['5', '15', '45']) {
    const args = name.startsWith('--') ? [name, seconds] : [];
    const env = name.startsWith('REGAUDIT_') ? { [name]: seconds } : {};
    const config = name === 'registryTimeout' ? { [name]: Number(seconds) } : {};
    const result = await scan(entries, args, { ...otherCredentials, ...env }, config);
    const [own, wanted] = [result, alone].map((one) => registry(one, 'harbor://a.example'));
    if (own?.summary['unknown'] === wanted?.summary['unknown']) return { ...result, seconds };
  }
  throw new Error('the instance that answers was never read whole');
}

/** For the registries that hang; they mean nothing anywhere. */
const federation = join(emptyFolder(), 'credentials.json');
const otherCredentials = {
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'y',
  AWS_EC2_METADATA_DISABLED: 'true',
  AZURE_TENANT_ID: '11111111-1111-1111-1111-111111111111',
  AZURE_CLIENT_ID: '22222222-2222-2222-2222-222222222222',
  AZURE_CLIENT_SECRET: 'demo',
  AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
  GOOGLE_APPLICATION_CREDENTIALS: federation,
  METADATA_SERVER_DETECTION: 'none',
  DOCKER_USERNAME: 'library',
  DOCKER_PASSWORD: 'dckr_oat_x',
};

interface Entry {
  readonly target: string;
  readonly [option: string]: unknown;
}

async function scan(
  entries: readonly Entry[],
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  config: object = {},
) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'regaudit.json'), JSON.stringify({ registries: entries, ...config }));
  const result = await runCli(
    ['scan', '-c', 'regaudit.json', '-f', 'json', '--fail-on', 'none', ...args],
    {
      cwd,
      env: { ...environment, ...env },
    },
  );
  return { ...result, report: result.code === 2 ? null : JSON.parse(result.stdout) };
}

const a = () => ({ target: 'harbor://a.example', url: good });
const dead = () => ({ target: 'harbor://dead.example', url: hung.url });

interface Summary {
  readonly id: string;
  readonly reachable: boolean;
  readonly repositories: { readonly complete: boolean };
  readonly summary: Readonly<Record<string, number>>;
}
const registry = ({ report }: { report: { registries: Summary[] } | null }, id: string) =>
  report?.registries.find((one) => one.id === id);

describe.concurrent('a registry that hangs at sign-in', () => {
  test.each([
    ['named first', () => [dead(), a()]],
    ['named last', () => [a(), dead()]],
  ])('%s costs the others nothing when the time of the whole is over', async (_, entries) => {
    const { code, report } = await inTime(entries(), '--timeout');
    expect(code).toBe(3);
    expect(registry({ report }, 'harbor://a.example')).toEqual({
      ...registry(alone, 'harbor://a.example'),
      takenAt: expect.any(String),
    });
    expect(registry({ report }, 'harbor://dead.example')).toMatchObject({
      reachable: false,
      summary: { pass: 0, fail: 0 },
    });
    expect(report).toMatchObject({ complete: false, interrupted: true });
  });

  test.each([
    ['by flag', '--registry-timeout'],
    ['by variable', 'REGAUDIT_REGISTRY_TIMEOUT'],
    ['by the configuration', 'registryTimeout'],
  ])('is unknown when its own time is over, given %s, and the scan goes on', async (_, name) => {
    const { code, stderr, report, seconds } = await inTime([dead(), a()], name);
    expect(code).toBe(3);
    expect(stderr).toContain(
      `error: harbor://dead.example could not be read: the time limit of ${seconds} s per registry was reached\n`,
    );
    expect(report).toMatchObject({ complete: false, interrupted: false });
    expect(registry({ report }, 'harbor://a.example')).toMatchObject({
      reachable: true,
      repositories: { complete: true },
    });
    const said = report.findings.filter(
      (finding: { registry: string; verdict: string }) =>
        finding.registry === 'harbor://dead.example' && finding.verdict !== 'not-applicable',
    );
    expect(said.length).toBeGreaterThan(20);
    for (const { verdict, message } of said) {
      expect(verdict).toBe('unknown');
      expect(message).toContain(`the time limit of ${seconds} s per registry was reached`);
    }
  });

  test('of any provider is told by the name that its target has', async () => {
    writeFileSync(
      federation,
      JSON.stringify({
        type: 'external_account',
        audience:
          '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/a/providers/b',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `${hung.url}/token`,
        credential_source: { file: federation },
      }),
    );
    const subscription = '0b1f6471-1bf0-4dda-aec3-111122223333';
    const { url } = hung;
    const entries = [
      { target: 'ecr', endpoint: url, region: 'eu-west-1' },
      {
        target: 'ecr',
        endpoint: url,
        region: 'eu-west-1',
        role: 'arn:aws:iam::210987654321:role/x',
      },
      { target: 'ecr', endpoint: url, region: 'eu-west-1', profile: 'other' },
      { target: 'ecr://123456789012/eu-west-1', endpoint: url },
      { target: 'acr', endpoint: url, authority: url },
      { target: `acr://${subscription}/rg/name1`, endpoint: url, authority: url },
      { target: 'artifact-registry://my-project', endpoint: url },
      { target: 'docker-hub://library', endpoint: url, registryEndpoint: url },
      dead(),
      a(),
    ];
    const { code, report } = await inTime(entries, '--registry-timeout');
    expect(code).toBe(3);
    const reached = report.registries.map(({ id, reachable }: Summary) => `${id} ${reachable}`);
    expect(reached).toEqual([
      `acr://${subscription}/rg/name1 false`,
      'acr://unknown false',
      'artifact-registry://my-project false',
      'docker-hub://library false',
      'ecr://123456789012/eu-west-1 false',
      'ecr://210987654321/eu-west-1 false',
      'ecr://unknown/eu-west-1 false',
      'ecr://unknown/eu-west-1/2 false',
      'harbor://a.example true',
      'harbor://dead.example false',
    ]);
    expect(registry({ report }, 'harbor://a.example')?.repositories).toMatchObject({
      complete: true,
    });
  });

  test('or while it is read keeps what is known of it, and the rest is unknown', async () => {
    const never: Fault = { kind: 'slow', operation: 'listRegistries', ms: 600_000 };
    const slow = { target: 'harbor://slow.example', url: await harbor([never]) };
    const { report, seconds } = await inTime([slow, a()], '--registry-timeout');
    expect(report.complete).toBe(false);
    const known = registry({ report }, 'harbor://slow.example')?.summary ?? {};
    const all = registry(alone, 'harbor://a.example')?.summary ?? {};
    expect(known['pass']).toBeGreaterThan(5);
    expect(known['pass']).toBeLessThan(all['pass'] ?? 0);
    expect(known['unknown']).toBeGreaterThan(all['unknown'] ?? 0);
    const unknowns = report.findings.filter(
      (finding: { registry: string; verdict: string; message: string }) =>
        finding.registry === 'harbor://slow.example' &&
        finding.message.includes(`the time limit of ${seconds} s per registry was reached`),
    );
    expect(unknowns.length).toBeGreaterThan(0);
    expect(registry({ report }, 'harbor://a.example')).toMatchObject({
      repositories: { complete: true },
    });
  });
});

test.concurrent('a report is the same whichever registry answers first', async () => {
  const later: Fault = { kind: 'slow', operation: 'getCurrentUserInfo', ms: 500 };
  const late = await harbor([later]);
  const named = (urls: readonly string[]) =>
    urls.map((url, index) => ({ target: `harbor://${'ab'[index]}.example`, url }));
  const timeless = ({ report }: Awaited<ReturnType<typeof scan>>) => {
    const { startedAt, finishedAt, registries, ...rest } = report;
    return { ...rest, registries: registries.map((one: object) => ({ ...one, takenAt: '' })) };
  };
  const entries = [named([late, good]), named([good, late]), named([good, late]).toReversed()];
  const [first, ...others] = await Promise.all(entries.map((one) => scan(one)));
  if (first === undefined) throw new Error('three scans were made');
  for (const other of others) expect(timeless(other)).toEqual(timeless(first));
});

test.concurrent('a registry that two targets name with different options is read as the first one says', async () => {
  const late = await harbor([{ kind: 'slow', operation: 'getCurrentUserInfo', ms: 200 }]);
  const empty = await serveEstate(await scenario('empty'));
  closing.push(empty.close);
  const target = 'harbor://a.example';
  const first = await scan(
    [
      { target, url: late },
      { target, url: empty.url },
    ],
    ['-v'],
  );
  expect(first.stderr).toContain(`${target} is given twice and read once`);
  expect(registry(first, target)?.repositories).toEqual(
    registry(await scan([{ target, url: late }]), target)?.repositories,
  );
  expect(first.report.registries).toHaveLength(1);
});

test('a wrong usage of any target is told before a call is made for another', async () => {
  // A server of its own: what earlier tests gave up may still arrive at the other.
  const untouched = await silent();
  closing.push(untouched.close);
  const first = { ...dead(), url: untouched.url };
  const wrong = { target: 'ecr://prod' };
  const { code, stdout, stderr } = await scan([first, wrong, { target: 'acr://x' }]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: ecr:\/\/prod is not an address of ECR\nhint: [^\n]*\n$/);
  expect(untouched.asked()).toBe(0);
});

test('a time that is none is refused', async () => {
  const { code, stderr } = await runCli(['scan', 'ecr', '--registry-timeout', '0']);
  expect(code).toBe(2);
  expect(stderr).toBe('error: --registry-timeout: "0" is not a whole number from 1 to 604800\n');
});
