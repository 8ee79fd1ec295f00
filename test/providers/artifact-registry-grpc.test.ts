import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/artifact-registry/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { provider } from '../../src/providers/artifact-registry/index.ts';
import { grpcOptions } from '../../src/providers/artifact-registry/wire/grpc.ts';
import { signIn } from '../../src/providers/artifact-registry/wire/sign-in.ts';
import { proxy } from '../http/support/proxy.ts';
import { everyFact, factLines } from '../support/facts.ts';
import { serveGrpc } from '../support/google/grpc-server.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';

/** The methods that the vendor's client makes over gRPC; the rest goes over REST all the same. */
const methods = ['GetRepositoryIamPolicy', 'ListDockerImages', 'ListAttachments', 'GetVpcscConfig'];

async function overGrpc(
  estate: Estate,
  faults: readonly Fault[] = [],
  environment?: Readonly<Record<string, string>>,
) {
  const served = await serveGrpc({ ...estate, faults });
  // Over REST these methods are refused: what is known of them came over gRPC.
  const refused: Fault = { kind: 'denied', operation: methods };
  try {
    const scan = await scanEstate(
      { ...estate, faults: [refused] },
      {
        options: { transport: 'grpc', grpcEndpoint: served.address },
        context: { plan: everyFact(provider) },
        ...(environment === undefined ? {} : { environment }),
      },
    );
    const verdict = (check: string, repository: string | null = 'shop') =>
      scan.findings.find((one) => one.check === check && one.repository === repository);
    return { ...scan, verdict, grpc: new Map(served.calls) };
  } finally {
    served.close();
  }
}

describe('the vendor’s client over gRPC, against a server of its own message types', () => {
  test('finds what it finds over REST', async () => {
    const { readings, calls, grpc } = await overGrpc(await scenario('all-good'));
    const golden = readFileSync('fixtures/artifact-registry/all-good/facts.txt', 'utf8');
    expect(factLines(readings, provider)).toBe(golden);
    expect([...grpc.keys()].toSorted()).toEqual(methods.toSorted());
    expect(methods.filter((name) => calls.has(name))).toEqual([]);
  });

  test('pages are followed', async () => {
    const { verdict } = await overGrpc({ ...(await scenario('all-good')), pageSize: 1 });
    expect(verdict('recent-images-signed')?.message).toContain('2 of 2');
  });

  test('a throttled call is tried again', async () => {
    const fault: Fault = { kind: 'throttled-once', operation: 'GetRepositoryIamPolicy' };
    const { verdict, grpc } = await overGrpc(await scenario('all-good'), [fault]);
    expect(verdict('anonymous-pull-off')?.verdict).toBe('pass');
    expect(grpc.get('GetRepositoryIamPolicy')).toBeGreaterThan(3);
  });

  test('a denied one is unknown, with the permission', async () => {
    const fault: Fault = { kind: 'denied', operation: 'GetRepositoryIamPolicy' };
    const { verdict } = await overGrpc(await scenario('all-good'), [fault]);
    expect(verdict('anonymous-pull-off')?.verdict).toBe('unknown');
    expect(verdict('anonymous-pull-off')?.message).toContain(
      'grant artifactregistry.repositories.getIamPolicy',
    );
  });

  test('an image without the fields that the API promises is unknown, not unsigned', async () => {
    const fault: Fault = {
      kind: 'missing-field',
      operation: 'ListDockerImages',
      field: 'dockerImages[].mediaType',
    };
    const { verdict } = await overGrpc(await scenario('all-good'), [fault]);
    expect(verdict('recent-images-signed')?.verdict).toBe('unknown');
  });
});

describe('the proxy of the environment', () => {
  const wentThrough = (asked: { readonly line: string }[]) =>
    asked.filter(({ line }) => line.startsWith('CONNECT')).length;

  test.each(['http_proxy', 'HTTP_PROXY', 'ALL_PROXY'])('is used as %s', async (name) => {
    const { address, asked } = await proxy();
    const environment = { [name]: `http://${address}` };
    const { grpc } = await overGrpc(await scenario('all-good'), [], environment);
    expect(grpc.size).toBe(methods.length);
    expect(wentThrough([...asked])).toBeGreaterThan(0);
  });

  test.each(['no_proxy', 'NO_PROXY'])('is passed by for what %s names', async (name) => {
    const { address, asked } = await proxy();
    const environment = { HTTP_PROXY: `http://${address}`, [name]: '127.0.0.1' };
    const { grpc } = await overGrpc(await scenario('all-good'), [], environment);
    expect(grpc.size).toBe(methods.length);
    expect(asked).toEqual([]);
  });

  test('is never gone past where gRPC cannot use it', async () => {
    const environment = { HTTP_PROXY: 'https://127.0.0.1:1' };
    const signal = AbortSignal.abort();
    const made = grpcOptions({
      options: { transport: 'grpc', grpcEndpoint: '127.0.0.1:2' },
      signIn: signIn({ environment, caFile: undefined, signal }),
      tls: { caFile: undefined, environment },
    });
    await expect(made).rejects.toThrow('gRPC has no https proxy');
  });
});
