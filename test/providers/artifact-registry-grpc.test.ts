import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/artifact-registry/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { provider } from '../../src/providers/artifact-registry/index.ts';
import { everyFact, factLines } from '../support/facts.ts';
import { serveGrpc } from '../support/google/grpc-server.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';

/** The methods that the vendor's client makes over gRPC; the rest goes over REST all the same. */
const methods = ['GetRepositoryIamPolicy', 'ListDockerImages', 'ListAttachments', 'GetVpcscConfig'];

async function overGrpc(estate: Estate, faults: readonly Fault[] = []) {
  const served = await serveGrpc({ ...estate, faults });
  // Over REST these methods are refused: what is known of them came over gRPC.
  const refused: Fault = { kind: 'denied', operation: methods };
  try {
    const scan = await scanEstate(
      { ...estate, faults: [refused] },
      {
        options: { transport: 'grpc', grpcEndpoint: served.address },
        context: { plan: everyFact(provider) },
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
