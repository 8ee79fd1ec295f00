import { getEventListeners, setMaxListeners } from 'node:events';
import { globalAgent } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { checks } from '../../checks/index.ts';
import { artifactRegistryDemo } from '../../src/demo/artifact-registry/demo.ts';
import type { ServedDemo } from '../../src/demo/demo.ts';
import { demos } from '../../src/demo/demos.ts';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import type { Registry, ScanContext } from '../../src/providers/contract.ts';
import { providers } from '../../src/providers/index.ts';
import { serveGrpc } from '../support/google/grpc-server.ts';
import { scenario } from '../support/google/scenario.ts';

/** How a reading may end: of its own, or by whoever reads. */
const ways: Readonly<
  Record<string, (readings: AsyncIterable<SnapshotLine>, cut: () => void) => Promise<void>>
> = {
  'is read to its end': async (readings) => {
    for await (const _ of readings);
  },
  'is left after its first reading': async (readings) => {
    for await (const _ of readings) break;
  },
  'is left by an error of whoever reads': async (readings) => {
    const reading = async () => {
      for await (const _ of readings) throw new Error('enough');
    };
    await expect(reading()).rejects.toThrow('enough');
  },
  'is cut by its signal': async (readings, cut) => {
    for await (const _ of readings) cut();
  },
};

/** The demo of Artifact Registry, with what the vendor's client asks over gRPC. */
async function artifactRegistryOverGrpc(): Promise<ServedDemo> {
  const served = await artifactRegistryDemo();
  const grpc = await serveGrpc(await scenario('demo'));
  const over = { transport: 'grpc', grpcEndpoint: grpc.address };
  return {
    ...served,
    entries: served.entries.map((entry) => ({ ...entry, ...over })),
    close: async () => {
      grpc.close();
      await served.close();
    },
  };
}

const sockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

function quiet(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

async function opened(
  { entries, environment }: ServedDemo,
  signal: AbortSignal,
  scan: AbortSignal,
): Promise<Registry[]> {
  const [{ target, ...options } = { target: '' }] = entries;
  const [id = '', address = ''] = target.split('://');
  const provider = await providers[id]?.();
  const context: ScanContext = {
    plan: collectPlan(checks),
    concurrency: 4,
    signal,
    scan,
    environment,
    caFile: undefined,
    wanted: () => true,
    images: { newest: 1, tags: [], mayPull: false },
    now: () => new Date('2026-11-02T09:00:00Z'),
    retryPolicy: { maxAttempts: 2, baseDelay: 1, waits: false },
    progress: () => undefined,
  };
  const registries: Registry[] = [];
  const found = await provider?.open({ provider: id, address, options }, context);
  if (found !== undefined) for await (const registry of found) registries.push(registry);
  return registries;
}

describe.each([...demos, artifactRegistryOverGrpc].map((serve) => [serve.name, serve] as const))(
  '%s',
  (_, serve) => {
    test.each(Object.entries(ways))('nothing stays open of a registry that %s', async (_, end) => {
      const before = sockets();
      const served = await serve();
      for (const [name, value] of Object.entries(served.environment)) vi.stubEnv(name, value);
      const [target, scan] = [quiet(), quiet()];
      try {
        const registries = await opened(served, target.signal, scan.signal);
        expect(registries.length).toBeGreaterThan(0);
        for (const registry of registries) {
          const own = quiet();
          await end(registry.read(own.signal), () => own.abort(new Error('enough')));
          await vi.waitFor(() => expect(listeners(own.signal)).toBe(0), 5000);
        }
        // What registries share is closed with the target, and what targets share with the scan.
        target.abort();
        scan.abort();
        // Google's sign-in keeps a connection in Node's own pool for some seconds.
        globalAgent.destroy();
        // Sooner than connections that nobody closes end by themselves.
        await vi.waitFor(() => expect(sockets()).toBe(before), 3000);
        expect([listeners(target.signal), listeners(scan.signal)]).toEqual([0, 0]);
      } finally {
        vi.unstubAllEnvs();
        await served.close();
      }
    });
  },
);
