import type { RestCall, RestReply, Route } from '../rest.ts';
import type { Estate, Fields } from './estate.ts';
import { projectsOf, repositoryBy } from './holdings.ts';
import { checkToken, digestOf } from './replies.ts';

const lastPage = { hasNextPage: false, endCursor: null };

/** A query by a word that no other has. */
const words = {
  queryTagRules: 'containerProtectionTagRules',
  queryFindings: 'vulnerabilitySeveritiesCount',
  queryScanPolicies: 'scanExecutionPolicies',
  queryInstanceStreams: 'auditEventsInstanceStreamingDestinations',
  queryStreams: 'externalAuditEventStreamingDestinations',
  queryDependencyProxy: 'dependencyProxySetting',
  queryTags: 'containerRepository(',
} as const;

/** The queries, which share one address and differ in their body. */
export function graphqlRoutes(estate: Estate): Route[] {
  const of = (name: keyof typeof words, data: (variables: Fields) => Fields): Route => ({
    name,
    method: 'POST',
    path: '/api/graphql',
    only: ({ body }) => body.includes(words[name]),
    answer: (call: RestCall): RestReply => {
      checkToken(estate, call);
      return { json: { data: data((JSON.parse(call.body) as { variables: Fields }).variables) } };
    },
  });
  const groupAt = (path: unknown) => estate.groups[String(path)];
  return [
    of('queryTagRules', ({ paths }) => ({
      projects: {
        nodes: named(estate, paths).map(({ path, project: { tagRules = [] } }) => ({
          fullPath: path,
          containerProtectionTagRules:
            tagRules === null ? null : { nodes: tagRules, pageInfo: lastPage },
        })),
      },
    })),
    of('queryFindings', ({ paths }) => ({
      projects: {
        nodes: named(estate, paths).map(({ path, project: { findings = noFindings } }) => ({
          fullPath: path,
          vulnerabilitySeveritiesCount: estate.plan === 'free' ? null : findings,
        })),
      },
    })),
    of('queryScanPolicies', ({ paths }) => ({
      projects: {
        nodes: named(estate, paths).map(({ path, project: { scanPolicies = [] } }) => ({
          fullPath: path,
          scanExecutionPolicies: isUltimate(estate)
            ? { nodes: scanPolicies, pageInfo: lastPage }
            : null,
        })),
      },
    })),
    of('queryInstanceStreams', () => ({
      auditEventsInstanceStreamingDestinations:
        estate.settings === undefined || !isUltimate(estate)
          ? null
          : { nodes: estate.streams ?? [], pageInfo: lastPage },
    })),
    of('queryStreams', ({ path }) => {
      const found = groupAt(path);
      const list = (name: string) => ({ nodes: found?.streams?.[name] ?? [], pageInfo: lastPage });
      const lists = [
        'externalAuditEventStreamingDestinations',
        'externalAuditEventDestinations',
        'googleCloudLoggingConfigurations',
        'amazonS3Configurations',
      ];
      return {
        group:
          found === undefined
            ? null
            : Object.fromEntries(
                lists.map((name) => [name, isUltimate(estate) ? list(name) : null]),
              ),
      };
    }),
    of('queryDependencyProxy', ({ path, below, after }) => ({
      group: proxies(estate, String(path), below === true, after),
    })),
    of('queryTags', ({ id, after }) => ({ containerRepository: tags(estate, String(id), after) })),
  ];
}

function isUltimate({ plan }: Estate): boolean {
  return plan === undefined || plan === 'ultimate';
}

function proxies(estate: Estate, path: string, below: boolean, after: unknown): Fields | null {
  const of = (fullPath: string) => ({
    fullPath,
    dependencyProxySetting: { enabled: false, identity: null, ...proxySettings(estate, fullPath) },
  });
  if (estate.groups[path] === undefined) return null;
  if (!below) return of(path);
  const inside = Object.keys(estate.groups).filter((one) => one.startsWith(`${path}/`));
  const { some, pageInfo } = cursorPage(inside, estate, after);
  return { ...of(path), descendantGroups: { nodes: some.map(of), pageInfo } };
}

function proxySettings({ groups }: Estate, path: string): Fields {
  const set = groups[path]?.dependencyProxy ?? false;
  return typeof set === 'boolean' ? { enabled: set } : set;
}

/** Pages by cursors, which are counts here. */
function cursorPage<T>(all: readonly T[], { pageSize = 100 }: Estate, after: unknown) {
  const start = typeof after === 'string' ? Number(after) : 0;
  const hasNextPage = start + pageSize < all.length;
  const endCursor = hasNextPage ? String(start + pageSize) : null;
  return { some: all.slice(start, start + pageSize), pageInfo: { hasNextPage, endCursor } };
}

const noFindings = { critical: 0, high: 0 };

function named(estate: Estate, paths: unknown) {
  const wanted = Array.isArray(paths) ? paths : [];
  return projectsOf(estate).filter(({ path }) => wanted.includes(path));
}

function tags(estate: Estate, id: string, after: unknown): Fields | null {
  const found = repositoryBy(estate, Number(id.split('/').at(-1)));
  if (found === undefined) return null;
  const all = (found.tags ?? []).toSorted((a, b) =>
    (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''),
  );
  const { some, pageInfo } = cursorPage(all, estate, after);
  const nodes = some.map(({ name, image, publishedAt, mediaType, referrers }) => ({
    name,
    digest: digestOf(image),
    publishedAt,
    mediaType: mediaType ?? 'application/vnd.oci.image.manifest.v1+json',
    referrers: (referrers ?? []).map((artifactType) => ({ artifactType })),
  }));
  return { id, tags: { nodes, pageInfo } };
}
