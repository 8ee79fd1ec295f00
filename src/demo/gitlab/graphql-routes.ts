import type { RestCall, RestReply, Route } from '../rest.ts';
import type { Estate, Fields } from './estate.ts';
import { projectsOf, repositoryBy } from './holdings.ts';
import { checkToken, digestOf } from './replies.ts';

const lastPage = { hasNextPage: false, endCursor: null };

/** A query by a word that no other has. */
const words = {
  queryTagRules: 'containerProtectionTagRules',
  queryFindings: 'vulnerabilitySeveritiesCount',
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
    of('queryStreams', ({ path }) => {
      const found = groupAt(path);
      const list = (name: string) => ({ nodes: found?.streams?.[name] ?? [], pageInfo: lastPage });
      const lists = [
        'externalAuditEventStreamingDestinations',
        'externalAuditEventDestinations',
        'googleCloudLoggingConfigurations',
        'amazonS3Configurations',
      ];
      const isPaid = estate.plan === undefined || estate.plan === 'ultimate';
      return {
        group:
          found === undefined
            ? null
            : Object.fromEntries(lists.map((name) => [name, isPaid ? list(name) : null])),
      };
    }),
    of('queryDependencyProxy', ({ path }) => {
      const found = groupAt(path);
      const enabled = found?.dependencyProxy ?? false;
      return { group: found === undefined ? null : { dependencyProxySetting: { enabled } } };
    }),
    of('queryTags', ({ id, after }) => ({ containerRepository: tags(estate, String(id), after) })),
  ];
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
  const size = estate.pageSize ?? 100;
  const start = typeof after === 'string' ? Number(after) : 0;
  const nodes = all
    .slice(start, start + size)
    .map(({ name, image, publishedAt, mediaType, referrers }) => ({
      name,
      digest: digestOf(image),
      publishedAt,
      mediaType: mediaType ?? 'application/vnd.oci.image.manifest.v1+json',
      referrers: (referrers ?? []).map((artifactType) => ({ artifactType })),
    }));
  const hasNextPage = start + size < all.length;
  return {
    id,
    tags: {
      nodes,
      pageInfo: { hasNextPage, endCursor: hasNextPage ? String(start + size) : null },
    },
  };
}
