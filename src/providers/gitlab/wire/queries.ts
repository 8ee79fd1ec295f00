/*
 * What is asked of the GraphQL API. Fields are chosen one by one: `secretToken` and `verificationToken` of
 * a destination are never among them.
 */

/** Most projects that one query names (docs, GraphQL reference, Query.projects). */
export const batchSize = 50;

const projects = (fields: string) =>
  `query($paths: [String!]) { projects(fullPaths: $paths, first: ${batchSize}) { nodes { fullPath ${fields} } } }`;

/** Rules of tags, immutable ones among them, which REST leaves out. A project has at most five. */
export const tagRulesQuery = projects(
  'containerProtectionTagRules(first: 20) { nodes { tagNamePattern immutable } pageInfo { hasNextPage } }',
);

/** Open findings of scans of containers alone: without `reportType` all scanners would count. */
export const findingsQuery = projects(
  'vulnerabilitySeveritiesCount(state: [DETECTED, CONFIRMED], reportType: [CONTAINER_SCANNING, CONTAINER_SCANNING_FOR_REGISTRY]) { critical high }',
);

const page = 'pageInfo { hasNextPage }';

/** Policies of the groups above count, and of all of them alone those whose scope has the project. */
export const scanPoliciesQuery = projects(
  `scanExecutionPolicies(relationship: INHERITED, first: 100) { nodes { name enabled yaml } ${page} }`,
);

const destinations = `(first: 100) { nodes { name category config active eventTypeFilters namespaceFilters { id } } ${page} }`;

/** Destinations of a whole instance get the events of all its groups. */
export const instanceStreamsQuery = `query { auditEventsInstanceStreamingDestinations${destinations} }`;

export const streamsQuery = `query($path: ID!) { group(fullPath: $path) {
  externalAuditEventStreamingDestinations${destinations}
  externalAuditEventDestinations(first: 100) { nodes { name destinationUrl active eventTypeFilters } ${page} }
  googleCloudLoggingConfigurations(first: 100) { nodes { name active } ${page} }
  amazonS3Configurations(first: 100) { nodes { name active } ${page} }
} }`;

const proxy = 'fullPath dependencyProxySetting { enabled identity }';

/** Each group has a dependency proxy of its own, those below another one as well. */
export const dependencyProxyQuery = `query($path: ID!, $below: Boolean!, $after: String) { group(fullPath: $path) { ${proxy}
  descendantGroups(first: 100, after: $after) @include(if: $below) { nodes { ${proxy} } pageInfo { hasNextPage endCursor } }
} }`;

/** Newest first; `referrers` are empty unless they are asked for. */
export const tagsQuery = `query($id: ContainerRepositoryID!, $after: String) { containerRepository(id: $id) { id
  tags(first: 100, sort: PUBLISHED_AT_DESC, referrers: true, after: $after) { nodes { name digest publishedAt mediaType referrers { artifactType } } pageInfo { hasNextPage endCursor } }
} }`;
