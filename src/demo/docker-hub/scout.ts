import type { RestCall, Route } from '../rest.ts';
import { mustBeSignedIn } from './answering.ts';
import { platformsOf } from './digest.ts';
import type { HubEstate, HubImage } from './estate.ts';

/** The single URL of all Docker Scout queries. */
export const scoutPath = '/v1/graphql';
export const scoutQueries: Readonly<Record<string, string>> = {
  reposFeatures: 'ListScoutRepositories',
  imageSummariesByDigest: 'ListScoutImages',
};

/** Docker Scout by its published schema. */
export function scoutRoutes(estate: HubEstate): Route[] {
  const route = (field: string, answer: (variables: Variables) => unknown): Route => ({
    name: scoutQueries[field] ?? field,
    method: 'POST',
    path: `${scoutPath}/${field}`,
    answer: (call) => {
      mustBeSignedIn(call);
      return { json: { data: { [field]: answer(variablesOf(call)) } } };
    },
  });
  return [
    route('reposFeatures', ({ names = [] }) =>
      names.flatMap((full) => {
        const [namespace = '', name = ''] = full.split('/');
        const found = Object.hasOwn(estate.repositories, name)
          ? estate.repositories[name]
          : undefined;
        if (found === undefined) return [];
        const { scout = false } = found;
        const features = { vulnerabilityReporting: scout === null ? null : { enabled: scout } };
        return [{ namespace, repoName: full, hostName: 'hub.docker.com', features }];
      }),
    ),
    route('imageSummariesByDigest', ({ digests = [] }) =>
      Object.values(estate.repositories)
        .flatMap(({ images = [] }) => images)
        .flatMap((image) => platformsOf(image).map(({ digest }) => summary(digest, image)))
        .filter(({ digest }) => digests.includes(digest)),
    ),
  ];
}

interface Variables {
  readonly names?: readonly string[];
  readonly digests?: readonly string[];
}

function variablesOf({ body }: RestCall): Variables {
  const { variables }: { variables: Variables } = JSON.parse(body);
  return variables;
}

function summary(digest: string, { scan = 'NONE' }: HubImage) {
  if (typeof scan === 'string') return { digest, sbomState: scan, vulnerabilityReport: null };
  return { digest, sbomState: 'INDEXED', vulnerabilityReport: scan };
}
