import type { OciEstate } from '../../../src/demo/oci/estate.ts';
import { environmentOf, ociAnswers } from '../../../src/demo/oci/serve-estate.ts';
import { provider } from '../../../src/providers/oci/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';
import { caFile, serverOverTls } from '../server-over-tls.ts';

/** Scans a registry over HTTPS at `localhost`, where its proxy serves it. */
export async function scanOciOverTls(scene: OciEstate, options: ScanOptions = {}): Promise<Scan> {
  const server = await serverOverTls();
  const { answer, calls, unmetFaults } = ociAnswers(scene);
  server.answerWith(answer);
  const url = `https://localhost:${server.port}`;
  return scanProvider(
    provider,
    {
      environment: { ...environmentOf(scene), OCI_URL: url },
      asOf: scene.asOf,
      calls,
      unmetFaults,
      close: server.close,
    },
    {
      address: `localhost:${server.port}`,
      ...options,
      context: { caFile, ...options.context },
    },
  );
}
