import { readFileSync } from 'node:fs';
import { serve, type WireAnswer, type WireRequest } from '../../../src/demo/wire-server.ts';
import { provider } from '../../../src/providers/quay/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

export interface Recorded {
  readonly path: string;
  readonly who: readonly string[];
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
}

export function recorded(name: string): readonly Recorded[] {
  const file = new URL(`../../recordings/quay/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** When the instance was recorded. */
const asOf = '2026-11-30T17:00:00.000Z';

/** Changes what is answered at a path, the query included; undefined: as recorded. */
export type Change = (path: string) => WireAnswer | undefined;

const page: WireAnswer = {
  status: 404,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html>\n<html ng-app="quay"></html>',
};

/** Scans the organization acme as it was recorded for one caller, over a loopback socket. */
export async function scanRecorded(
  name: 'main' | 'features-off',
  caller: string,
  change: Change = () => undefined,
  options: ScanOptions = {},
): Promise<Scan> {
  const calls = new Map<string, number>();
  const all = [...recorded(name), ...recorded('registry')];
  const { url, close } = await serve((request) => {
    const path = pathOf(request);
    calls.set(path, (calls.get(path) ?? 0) + 1);
    const who = request.headers['authorization'] === undefined ? 'anonymous' : caller;
    return change(path) ?? answerTo(all, path, who, request);
  });
  const environment = { QUAY_TOKEN: 'not-looked-at' };
  return scanProvider(
    provider,
    { asOf, environment, calls, close },
    {
      address: 'recorded.example.org/acme',
      ...options,
      options: { url, ...options.options },
      context: { environment, ...options.context },
    },
  );
}

function pathOf({ path, query }: WireRequest): string {
  const asked = [...query].map(([key, value]) => `${key}=${value}`).join('&');
  return asked === '' ? path : `${path}?${asked}`;
}

function answerTo(
  all: readonly Recorded[],
  path: string,
  who: string,
  { headers }: WireRequest,
): WireAnswer {
  if (path.startsWith('/v2/auth')) return json(200, { token: 'recorded' });
  if (path.startsWith('/v2/')) {
    const found = all.find((one) => one.path === path && one.who[0] === 'owner-token');
    return found === undefined ? page : wire(found);
  }
  const found = all.find((one) => one.path === path && one.who.includes(who));
  if (found !== undefined) return wire(found, headers['host']);
  // What is public was recorded for strangers alone.
  const open = path === '/config' ? all.find((one) => one.path === path) : undefined;
  return open === undefined ? page : wire(open);
}

function wire({ status, body, type = 'application/json', path }: Recorded, host = ''): WireAnswer {
  const location = status === 308 ? { location: `http://${host}${path}/` } : {};
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': type, ...location }, body: text };
}

export function json(status: number, body: unknown): WireAnswer {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json' }, body: text };
}

export function verdictsOf({ findings }: Scan): ReadonlyMap<string, string> {
  return new Map(
    findings.map(({ check, subject, verdict }) => [
      `${subject.replace('quay://recorded.example.org/acme', '')} ${check}`,
      verdict,
    ]),
  );
}
