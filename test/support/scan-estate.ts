import { setMaxListeners } from 'node:events';
import { checks as catalogue } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/aws/estate.ts';
import { serveEstate } from '../../src/demo/aws/serve-estate.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import { merge } from '../../src/engine/merge.ts';
import { judge } from '../../src/engine/scan.ts';
import { type DeclaredExpectations, nothingDeclared } from '../../src/model/expectations.ts';
import type { Unmarked } from '../../src/model/finding.ts';
import type { Tally } from '../../src/model/tally.ts';
import { provider } from '../../src/providers/ecr/index.ts';
import type { Registry, ScanContext } from '../../src/providers/provider.ts';

export interface EstateScan {
  readonly findings: readonly Unmarked[];
  readonly tally: Tally;
  /** Calls the server got, by `service:Operation`, retries included. */
  readonly calls: ReadonlyMap<string, number>;
  readonly crashes: readonly string[];
}

export interface ScanEstateOptions {
  readonly checks?: readonly AnyCheck[];
  readonly address?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly expected?: Partial<DeclaredExpectations>;
  readonly context?: Partial<ScanContext>;
}

/** A signal that any number of calls may listen to. */
function quiet(): AbortSignal {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return signal;
}

/** Tries often enough, but does not wait: the fake has no limits that time would lift. */
const hasty = { attempts: 3, baseDelay: 1, waits: false };

/** Scans an estate through the real adapter and the real SDK over a loopback socket. */
export async function scanEstate(
  estate: Estate,
  options: ScanEstateOptions = {},
): Promise<EstateScan> {
  const served = await serveEstate(estate);
  // Scans run side by side: the endpoint is an option of each, the credentials mean nothing anywhere.
  const { AWS_ENDPOINT_URL: _, ...credentials } = served.environment;
  Object.assign(process.env, credentials);
  const checks = options.checks ?? catalogue;
  const context: ScanContext = {
    plan: collectPlan(checks),
    concurrency: 8,
    signal: quiet(),
    environment: served.environment,
    wanted: () => true,
    images: { newest: 3, tags: [] },
    now: () => new Date(estate.asOf),
    patience: hasty,
    progress: () => undefined,
    ...options.context,
  };
  try {
    const registries: Registry[] = [];
    const target = {
      provider: 'ecr',
      address: options.address ?? '',
      options: { endpoint: served.endpoint, ...options.options },
    };
    for await (const registry of provider.open(target, context)) registries.push(registry);
    const findings: Unmarked[] = [];
    const crashes: string[] = [];
    const tally = await judge(
      merge(
        registries.map(({ read }) => read),
        2,
      ),
      {
        checks,
        expected: { ...nothingDeclared, ...options.expected },
        onCrash: (check, error) => crashes.push(`${check}: ${String(error)}`),
        sink: { wants: () => true, add: (finding) => findings.push(finding) },
      },
    );
    return { findings, tally, calls: served.calls, crashes };
  } finally {
    await served.close();
  }
}
