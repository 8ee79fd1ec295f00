import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { OciEstate } from '../../src/demo/oci/estate.ts';
import { serveOci } from '../../src/demo/oci/serve-estate.ts';
import { evaluateLines } from '../../src/engine/scan.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';
import type { AnyFact } from '../../src/model/fact.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { probedRegistries } from '../../src/outside/probed.ts';
import type { OutsideAddress, Registry, ScanContext } from '../../src/providers/contract.ts';
import { ociScenario } from '../support/oci/scan-oci.ts';

const id = 'pretended://registry.example.org';
const read = (value: unknown): AnyFact => ({
  state: 'known',
  value,
  from: { operation: 'GetSettings', field: 'visibility' },
});
const closed = {
  anonymousPush: read({ mode: 'refused' }),
  anonymousCatalog: read({ mode: 'hidden' }),
  transport: read({ mode: 'https-only', minimumVersion: '1.2', certificateEnds: null }),
};
const closedRepository = {
  publicPull: read({ mode: 'nobody' }),
  recentSignatures: read([{ image: '1.0.0 (sha256:991626c28911)', signedBy: [] }]),
};

function registryOf(facts: Facts, ofRepository: Facts): Registry {
  const lines: readonly SnapshotLine[] = [
    {
      kind: 'registry',
      registry: id,
      provider: 'pretended',
      unreachable: null,
      takenAt: '2026-11-02T09:00:00Z',
      facts,
      repositoryDefaults: {},
    },
    { kind: 'repository', registry: id, name: 'team/app', facts: ofRepository },
    {
      kind: 'end',
      registry: id,
      listing: {
        state: 'known',
        value: { repositories: 1, others: 0 },
        from: { operation: 'ListRepositories' },
      },
      calls: 1,
    },
  ];
  return {
    id,
    read: async function* () {
      yield* lines;
    },
  };
}

type Facts = Readonly<Record<string, AnyFact>>;

/** Reads a registry of which the settings say so, while its server is set up like the estate. */
async function probe(
  estate: OciEstate,
  facts: Facts = closed,
  ofRepository: Facts = closedRepository,
  { prefix = '', below = '', isOpened = false } = {},
) {
  const server = await serveOci(estate);
  const signal = new AbortController().signal;
  const outside: OutsideAddress = {
    base: () => (isOpened ? null : server.url),
    image: (_, repository, image) => ({ repository, tag: image.split(' ')[0] ?? '', below }),
    realms: () => [],
    prefix: () => prefix,
  };
  const context: ScanContext = {
    plan: { registry: new Set(), repository: new Set() },
    concurrency: 2,
    signal,
    scan: signal,
    environment: {},
    caFile: undefined,
    wanted: () => true,
    images: { newest: 3, tags: [], mayPull: false },
    now: () => new Date(estate.asOf),
    retryPolicy: { maxAttempts: 3, baseDelay: 1, waits: false },
    progress: () => undefined,
  };
  async function* one() {
    const registry = registryOf(facts, ofRepository);
    yield isOpened ? { ...registry, endpoint: server.url } : registry;
  }
  try {
    const lines: SnapshotLine[] = [];
    const target = { provider: 'pretended', address: '', options: {} };
    const looking = { outside, target, thisMachineOnly: true };
    for await (const registry of probedRegistries(one(), looking, context)) {
      for await (const line of registry.read(signal)) lines.push(line);
    }
    return { lines, calls: server.calls, strays: server.strays };
  } finally {
    await server.close();
  }
}

async function findingsOf(lines: readonly SnapshotLine[]) {
  const findings: FindingWithoutFingerprint[] = [];
  async function* all() {
    yield* lines;
  }
  await evaluateLines(all(), {
    checks: checks.filter(({ id: check }) =>
      ['anonymous-pull-off', 'anonymous-push-off', 'anonymous-catalog-off', 'tls-only'].includes(
        check,
      ),
    ),
    expected: nothingDeclared,
    derivations: [],
    onCrash: (check, error) => {
      throw new Error(`${check}: ${String(error)}`);
    },
    sink: { wants: () => true, add: (finding) => findings.push(finding) },
  });
  return findings;
}

describe('a registry whose settings say that it is closed', () => {
  it('fails where a stranger gets in, with the setting and the sight as evidence', async () => {
    const { lines } = await probe(await ociScenario('all-bad'));
    const findings = await findingsOf(lines);
    expect(findings.map(({ check, verdict }) => [check, verdict]).sort()).toEqual([
      ['anonymous-catalog-off', 'fail'],
      ['anonymous-pull-off', 'fail'],
      ['anonymous-push-off', 'fail'],
      ['tls-only', 'fail'],
    ]);
    const pull = findings.find(({ check }) => check === 'anonymous-pull-off');
    expect(pull?.message).toContain(
      'team/app:1.0.0 can be pulled without login, although by GetSettings it is nobody',
    );
    expect(JSON.stringify(pull?.evidence)).toContain('GetSettings + probe:pull');
  });

  it('keeps what its vendor serves by design where a server on this machine stands in', async () => {
    const byDesign: AnyFact = {
      state: 'known',
      value: { mode: 'https-only', minimumVersion: '1.2', certificateEnds: null },
      from: { operation: 'platform', detail: 'https://registry.example.org/tls' },
    };
    const facts = { ...closed, transport: byDesign };
    const { lines } = await probe(await ociScenario('all-bad'), facts);
    const findings = await findingsOf(lines);
    const verdict = (check: string) => findings.find((one) => one.check === check)?.verdict;
    expect([verdict('tls-only'), verdict('anonymous-push-off')]).toEqual(['pass', 'fail']);
  });

  it('stays as it was read where strangers are refused, and whatever a firewall answers', async () => {
    const good = await ociScenario('all-good');
    const facts = {
      anonymousPush: closed.anonymousPush,
      anonymousCatalog: closed.anonymousCatalog,
    };
    const expected = registryOf(facts, closedRepository).read(new AbortController().signal);
    const before: SnapshotLine[] = [];
    for await (const line of expected) before.push(line);
    for (const kind of ['denied', 'server-error-html', 'unreachable', 'malformed-body'] as const) {
      for (const estate of [good, { ...good, faults: [{ operation: '*', kind }] }]) {
        const { lines } = await probe(estate, facts);
        expect(lines.slice(0, 2)).toEqual(before.slice(0, 2));
      }
    }
  });

  it('is asked by GET, HEAD and OPTIONS without credentials, and no more after a rate limit', async () => {
    const good = await ociScenario('all-good');
    const open = await probe(good);
    expect(open.strays).toEqual([]);
    expect([...open.calls.keys()].filter((name) => !/^(?:anonymous|ping)/.test(name))).toEqual([]);
    const limited = await probe({ ...good, faults: [{ operation: '*', kind: 'throttled' }] });
    expect(limited.calls.get('anonymousPull')).toBeUndefined();
  });
});

describe('a registry of which a setting is unknown', () => {
  it('is not asked about it: only a setting that was read can be contradicted', async () => {
    const unknown: AnyFact = {
      state: 'unknown',
      why: 'denied',
      from: { operation: 'GetSettings' },
    };
    const facts = { anonymousPush: unknown, anonymousCatalog: unknown, transport: unknown };
    const { lines, calls } = await probe(await ociScenario('all-bad'), facts, {
      publicPull: unknown,
    });
    expect(lines.slice(0, 2).map((line) => ('facts' in line ? line.facts : null))).toEqual([
      facts,
      { publicPull: unknown },
    ]);
    expect([...calls]).toEqual([]);
  });
});

describe('a registry whose settings say that it is public', () => {
  it('gets the sight as further evidence and keeps its value', async () => {
    const value = { mode: 'anyone', how: 'it is public' };
    const facts = { ...closedRepository, publicPull: read(value) };
    const { lines } = await probe(await ociScenario('all-bad'), {}, facts);
    expect(lines[1]).toMatchObject({
      facts: { publicPull: { value, from: { operation: 'GetSettings + probe:pull' } } },
    });
  });
});

describe('a registry', () => {
  const pulled = (lines: readonly SnapshotLine[]) =>
    JSON.stringify(lines[1]).includes('probe:pull');
  const named = (lines: readonly SnapshotLine[]) =>
    JSON.stringify(lines[0]).includes('probe:catalog');

  it('is looked at where opening it has told that it is', async () => {
    const bad = await ociScenario('all-bad');
    const { lines } = await probe(bad, closed, closedRepository, { isOpened: true });
    expect(pulled(lines)).toBe(true);
  });

  it('that shares its host is not blamed for what others show there', async () => {
    const bad = await ociScenario('all-bad');
    const others = await probe(bad, closed, closedRepository, { prefix: 'acme/' });
    expect(named(others.lines)).toBe(false);
    const own = await probe(bad, closed, closedRepository, { prefix: 'team/' });
    expect(named(own.lines)).toBe(true);
  });

  it('whose repositories have an API each is looked at below their paths', async () => {
    const bad = await ociScenario('all-bad');
    const { lines, strays } = await probe(bad, closed, closedRepository, {
      below: '/repository/shop',
    });
    expect(pulled(lines)).toBe(false);
    expect(strays.every((stray) => stray.includes('/repository/shop/v2/team/app/'))).toBe(true);
    expect(strays.length).toBeGreaterThan(0);
  });
});
