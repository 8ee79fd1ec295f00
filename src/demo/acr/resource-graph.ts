import type { RestCall } from '../rest.ts';
import { digestOf } from './arm-shapes.ts';
import type { Estate } from './estate.ts';

/** Resource Graph with two queries: the registries, and the findings of Defender in images. */
export function graph(estate: Estate, call: RestCall): object {
  const asked: {
    query: string;
    subscriptions?: string[];
    managementGroups?: string[];
    options?: { $skipToken?: string };
  } = JSON.parse(call.body);
  const within = Object.entries(estate.subscriptions).filter(
    ([id, { managementGroup = '' }]) =>
      (asked.subscriptions?.includes(id) ?? true) &&
      (asked.managementGroups?.includes(managementGroup) ?? true),
  );
  const rows = asked.query.startsWith('securityresources')
    ? within.flatMap(([, { findings = [] }]) =>
        findings.map(({ image, severity, found, state = 'Unhealthy' }) => ({
          image: JSON.stringify({ source: 'azure', id: `/images/${digestOf(image)}` }),
          severity,
          state,
          found,
        })),
      )
    : within.flatMap(([subscriptionId, { registries }]) =>
        Object.keys(registries).map((path) => ({ id: idOf(subscriptionId, path), subscriptionId })),
      );
  return graphPage(rows, Number(asked.options?.$skipToken ?? 0), estate.pageSize);
}

function graphPage(rows: readonly object[], start: number, pageSize = rows.length + 1): object {
  const data = rows.slice(start, start + pageSize);
  const next = start + pageSize;
  return {
    totalRecords: rows.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: next < rows.length ? 'true' : 'false',
    ...(next < rows.length ? { $skipToken: String(next) } : {}),
  };
}

/** `group/name` as the id of a resource. */
function idOf(subscription: string, path: string): string {
  const [group = '', name = ''] = path.split('/');
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerRegistry/registries/${name}`;
}
