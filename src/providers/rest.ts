import type { HttpSettings } from '../http/http.ts';
import type { ScanContext } from './contract.ts';

/** The part of `HttpSettings` that a scan decides and not an adapter. */
export function httpSettingsFor(
  context: Pick<
    ScanContext,
    'concurrency' | 'signal' | 'patience' | 'environment' | 'caFile' | 'progress'
  >,
  registry: string,
  base: string,
): HttpSettings {
  const { concurrency, signal, patience, environment, caFile, progress } = context;
  return {
    base,
    concurrency,
    signal,
    patience,
    environment,
    caFile,
    onExchange: (exchange) => progress({ kind: 'exchange', registry, ...exchange }),
    onCall: (operation) => progress({ kind: 'call', registry, operation }),
    onThrottled: (operation) => progress({ kind: 'throttled', registry, operation }),
  };
}
