import { demoSecret, harborAnswers } from '../../../src/demo/harbor/answers.ts';
import type { Estate } from '../../../src/demo/harbor/estate.ts';
import { provider } from '../../../src/providers/harbor/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';
import { caFile, serverOverTls } from '../server-over-tls.ts';

export { caFile } from '../server-over-tls.ts';

/** The address of the server, as an instance gives it out. */
export const ownAddress = (port: number) => `https://localhost:${port}`;

/**
 * Scans an estate over HTTPS at `localhost`. `external`: where the instance sends its clients; by default
 * to itself. The scan trusts `caFile`, unless its options say otherwise.
 */
export async function scanOverTls(
  estate: Estate,
  options: ScanOptions = {},
  external = ownAddress,
): Promise<Scan> {
  const server = await serverOverTls();
  const { port } = server;
  const info = { ...estate.info, external_url: external(port) };
  const { answer, calls, unmetFaults } = harborAnswers({ ...estate, info });
  server.answerWith(answer);
  return scanProvider(
    provider,
    {
      environment: { HARBOR_USERNAME: estate.caller.name, HARBOR_PASSWORD: demoSecret },
      asOf: estate.asOf,
      calls,
      unmetFaults,
      close: server.close,
    },
    { address: `localhost:${port}`, ...options, context: { caFile, ...options.context } },
  );
}
