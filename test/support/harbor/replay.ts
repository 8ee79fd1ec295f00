import { readFileSync } from 'node:fs';
import { serve, type WireAnswer, type WireRequest } from '../../../src/demo/wire-server.ts';
import { provider } from '../../../src/providers/harbor/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

type Table = Readonly<Record<string, unknown>>;
type Refusal = readonly [status: number, code?: string, message?: string];

function recorded(name: string): Table {
  const file = new URL(`../../recordings/harbor/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

export const instance = recorded('instance');
export const callers = recorded('callers') as Readonly<Record<string, Table>>;
export const variants = recorded('variants') as Readonly<
  Record<string, readonly [number, unknown]>
>;
export const immutability = recorded('immutability') as Readonly<
  Record<string, Readonly<Record<string, 'locked' | 'moves'>>>
>;

/** When the instance was recorded. */
const asOf = '2026-11-30T17:00:00.000Z';

/** The names of a caller's credentials; the secret is not looked at. */
const names: Readonly<Record<string, string>> = {
  administrator: 'admin',
  'plain user': 'plain2',
  'project robot': 'robot$q-robots+paudit',
  'least-privilege robot': 'robot$auditor',
};

/** Changes what is answered at a path; undefined: as recorded. */
export type Change = (path: string) => WireAnswer | undefined;

/** Scans the recorded instance as one of its callers, over a loopback socket. */
export async function scanRecorded(
  caller: string,
  change: Change = () => undefined,
  options: ScanOptions = {},
): Promise<Scan> {
  const calls = new Map<string, number>();
  const { url, close } = await serve((request) => {
    const path = pathOf(request);
    calls.set(path, (calls.get(path) ?? 0) + 1);
    return change(path) ?? answerTo(path, caller);
  });
  const served = {
    url,
    asOf,
    environment: { HARBOR_USERNAME: names[caller] ?? 'stranger', HARBOR_PASSWORD: 'not-looked-at' },
    calls,
    strays: [],
    unmetFaults: () => [],
    close,
  };
  return scanProvider(provider, served, {
    address: 'recorded.example.org',
    ...options,
    options: { url, ...options.options },
    context: { environment: served.environment, ...options.context },
  });
}

/** Below `/api/v2.0`, without what pages and sorts; `?project=` for the robot accounts of a project. */
function pathOf({ path, query }: WireRequest): string {
  const below = decodeURIComponent(path.replace('/api/v2.0', ''));
  const project = /ProjectID=(\d+)/.exec(query.get('q') ?? '');
  return project === null || below !== '/robots' ? below : `/robots?project=${project[1]}`;
}

function answerTo(path: string, caller: string): WireAnswer {
  const own = callers[caller] ?? {};
  const pattern = path.replace(/^\/projects\/\d+\//, '/projects/{project}/');
  const found = own[path] ?? own[pattern];
  if (isRefusal(found)) return refusal(found);
  if (found !== undefined) return json(200, found);
  if (path === '/projects') return json(200, projectsSeenBy(caller));
  if (path.endsWith('/scanner')) return json(200, instance['scanner']);
  const held = instance[path];
  if (held !== undefined) return json(200, held);
  // Projects of which nothing was recorded have nothing of the kind.
  if (/^\/projects\/\d+\/|^\/robots\?project=/.test(path)) return json(200, []);
  return refusal([404, 'NOT_FOUND', `path /api/v2.0${path} was not found`]);
}

function isRefusal(found: unknown): found is Refusal {
  return Array.isArray(found) && typeof found[0] === 'number';
}

function refusal([status, code, message]: Refusal): WireAnswer {
  return code === undefined
    ? { status, headers: {}, body: '' }
    : json(status, { errors: [{ code, message }] });
}

export function json(status: number, body: unknown): WireAnswer {
  const total = Array.isArray(body) ? { 'x-total-count': String(body.length) } : {};
  const headers = { 'content-type': 'application/json', ...total };
  return { status, headers, body: body === null ? '' : JSON.stringify(body) };
}

/** Harbor shows people public projects, and robot accounts of a project that one as well. */
function projectsSeenBy(caller: string): readonly Table[] {
  const all = instance['/projects'] as readonly Table[];
  if (caller === 'administrator' || caller === 'least-privilege robot') return all;
  const own = caller === 'project robot' ? 87 : null;
  return all.filter(
    ({ metadata, project_id }) => (metadata as Table)['public'] === 'true' || project_id === own,
  );
}
