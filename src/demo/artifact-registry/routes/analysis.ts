import type { RestCall, Route } from '../../rest.ts';
import { type Holdings, imageUri } from '../holdings.ts';

/** Artifact Analysis: occurrences of images, and counts of their vulnerabilities. */
export function analysisRoutes({ using, page }: Holdings): readonly Route[] {
  return [
    {
      name: 'ListOccurrences',
      method: 'GET',
      path: '/v1/projects/{project}/occurrences',
      answer: (call) => {
        const all = imagesOf(using('containeranalysis', call), call).flatMap(occurrencesOf);
        const { kinds, resources } = asked(call);
        const entries = all.filter(
          ({ kind, resourceUri }) => kinds.includes(kind) && resources.includes(resourceUri),
        );
        return { json: page(call, entries, 'occurrences') };
      },
    },
    {
      name: 'GetVulnerabilitySummary',
      method: 'GET',
      path: '/v1/projects/{project}/occurrences:vulnerabilitySummary',
      answer: (call) => {
        const { resources } = asked(call);
        const counts = imagesOf(using('containeranalysis', call), call)
          .filter(({ resourceUri }) => resources.includes(resourceUri))
          .flatMap(({ resourceUri, findings = {} }) => countsOf(resourceUri, findings));
        return { json: counts.length > 0 ? { counts } : {} };
      },
    },
  ];
}

function imagesOf(project: ReturnType<Holdings['project']>, { params }: RestCall) {
  return Object.entries(project.locations).flatMap(([location, repositories]) =>
    Object.entries(repositories).flatMap(([repository, { images = [] }]) =>
      images.map((one) => ({
        ...one,
        project: params['project'] ?? '',
        resourceUri: `https://${imageUri({ ...params, location, repository }, one)}`,
      })),
    ),
  );
}

type HeldImage = ReturnType<typeof imagesOf>[number];

/** An attestation occurrence; the demo has no keys. */
const madeUp = {
  serializedPayload: 'e30=',
  signatures: [{ signature: 'AA==', publicKeyId: 'demo' }],
};

function occurrencesOf({
  resourceUri,
  discovery,
  notes = [],
  project,
  name,
  uploadedAt,
}: HeldImage) {
  const common = { resourceUri, createTime: uploadedAt, updateTime: uploadedAt };
  const path = `projects/${project}/occurrences/${name}`;
  return [
    ...(discovery === undefined
      ? []
      : [
          {
            ...common,
            name: `${path}-discovery`,
            kind: 'DISCOVERY',
            noteName: 'projects/goog-analysis/notes/PACKAGE_VULNERABILITY',
            discovery,
          },
        ]),
    ...notes.map(({ kind, note, attestation = madeUp, dsseAttestation }, index) => ({
      ...common,
      name: `${path}-${index}`,
      kind,
      noteName: note,
      ...(kind === 'ATTESTATION' ? { attestation } : {}),
      ...(dsseAttestation === undefined ? {} : { dsseAttestation }),
    })),
  ];
}

/** The row without a severity is the sum: proto3 JSON omits the default enum value. */
function countsOf(resourceUri: string, findings: Readonly<Record<string, number>>): object[] {
  const row = (total: number) => ({ resourceUri, fixableCount: '0', totalCount: String(total) });
  const rows = Object.entries(findings).map(([severity, total]) => ({ ...row(total), severity }));
  const sum = Object.values(findings).reduce((all, one) => all + one, 0);
  return rows.length === 0 ? [] : [row(sum), ...rows];
}

/** Parses `(kind="A" OR kind="B") AND (resourceUrl="…" OR …)`, the only supported filter. */
function asked({ query }: RestCall) {
  const filter = query.get('filter') ?? '';
  const of = (key: string) =>
    [...filter.matchAll(new RegExp(`${key}="([^"]*)"`, 'g'))].map((found) => found[1] ?? '');
  return { kinds: of('kind'), resources: of('resourceUrl') };
}
