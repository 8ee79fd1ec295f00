import { readFileSync } from 'node:fs';
import { serve, type WireAnswer, type WireRequest } from '../../../src/demo/wire-server.ts';
import { provider } from '../../../src/providers/nexus/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

export interface Recording {
  readonly server: string;
  readonly bodies: readonly unknown[];
  readonly callers: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
}

export function recording(name: 'fresh' | 'configured'): Recording {
  const file = new URL(`../../recordings/nexus/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** When the server was recorded. */
const asOf = '2026-11-30T17:00:00.000Z';

/** Replaces bodies by path; a path that is not named is answered as recorded. */
export type Instead = Readonly<Record<string, unknown>>;

/** Scans a recorded server as one of its callers, over a loopback socket. */
export async function scanRecorded(
  name: 'fresh' | 'configured',
  caller: string,
  options: ScanOptions & { readonly instead?: Instead } = {},
): Promise<Scan> {
  const { instead = {}, ...rest } = options;
  const recorded = recording(name);
  const calls = new Map<string, number>();
  const { url, close } = await serve((request) => {
    const path = pathOf(request);
    calls.set(path, (calls.get(path) ?? 0) + 1);
    return answerTo(path, callerOf(request, recorded), recorded, instead);
  });
  const environment = { NEXUS_USERNAME: caller, NEXUS_PASSWORD: 'not-looked-at' };
  return scanProvider(
    provider,
    { environment, asOf, calls, unmetFaults: () => [], close },
    {
      address: 'recorded.example.org',
      ...rest,
      options: { url, ...rest.options },
      context: { environment, ...rest.context },
    },
  );
}

/** Below `/service/rest`, without what pages. */
function pathOf({ path }: WireRequest): string {
  return decodeURIComponent(path.replace('/service/rest', ''));
}

function callerOf({ headers }: WireRequest, { callers }: Recording): string {
  const { authorization } = headers;
  if (authorization === undefined) return 'anonymous';
  const [name = ''] = Buffer.from(authorization.slice('Basic '.length), 'base64')
    .toString()
    .split(':');
  return name in callers ? name : 'wrongpassword';
}

function answerTo(
  path: string,
  caller: string,
  { server, bodies, callers }: Recording,
  instead: Instead,
): WireAnswer {
  const [status, body] = callers[caller]?.[path] ?? [404, -1];
  const said = path in instead && status === 200 ? instead[path] : (bodies[body] ?? '');
  const text = said === '' ? '' : JSON.stringify(said);
  return { status, headers: { 'content-type': 'application/json', server }, body: text };
}
