import { type JsonObject, stringAt } from '../../decode/fields.ts';
import { join, type Learnt } from '../facts.ts';
import { repositoryPlace } from './decode/project.ts';
import { calls } from './operations.ts';
import { type ArtifactRegistryApi, page } from './wire/api.ts';

/** A project, and the locations in which it has repositories. */
export interface Places {
  readonly project: string;
  readonly locations: readonly string[];
}

/**
 * Where repositories are, below a project, folder or organisation: one search in Cloud Asset Inventory.
 * It lags by minutes, so a location that has just got its first repository may be missing.
 */
export async function searchPlaces(
  api: ArtifactRegistryApi,
  scope: string,
): Promise<Learnt<readonly Places[]>> {
  return api.all('SearchAllResources', placesIn, {
    params: { scope },
    query: { assetTypes: 'artifactregistry.googleapis.com/Repository', pageSize: 500 },
  });
}

function placesIn(entries: readonly JsonObject[]): readonly Places[] {
  const found = new Map<string, Set<string>>();
  for (const { project, location } of entries.map(repositoryPlace)) {
    const locations = found.get(project) ?? new Set();
    found.set(project, locations.add(location));
  }
  return [...found]
    .map(([project, locations]) => ({ project, locations: [...locations].sort() }))
    .sort((a, b) => a.project.localeCompare(b.project));
}

/**
 * Locations of a project that hold repositories. Where the search is not allowed every location is
 * listed, which takes some fifty calls; there is no documented way to list all of them at once.
 */
export async function placesOf(
  api: ArtifactRegistryApi,
  id: string,
): Promise<Learnt<readonly string[]>> {
  const searched = await searchPlaces(api, `projects/${id}`);
  if (searched.state === 'known') {
    return join([searched], (places) => places.flatMap(({ locations }) => locations));
  }
  const listed = await api.all(
    'ListLocations',
    (entries) => entries.map((entry) => stringAt(entry, 'locationId')),
    { params: { project: id }, query: { pageSize: 500 } },
  );
  if (listed.state !== 'known') return listed;
  const used = await Promise.all(
    listed.value.map((location) =>
      api.one('ListRepositories', (raw) => (raw !== null && holdsAny(raw) ? [location] : []), {
        params: { project: id, location },
        query: { pageSize: 1 },
      }),
    ),
  );
  return join([listed, ...used], (_, ...found) => found.flat().sort());
}

/** A page may be empty and not the last. */
function holdsAny(raw: unknown): boolean {
  const { items, next } = page(raw, calls.ListRepositories.shape);
  return items.length > 0 || next !== undefined;
}
