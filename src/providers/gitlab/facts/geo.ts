import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import { eachEntry, gapOf } from '../../parts.ts';
import { type GeoSite, type GeoStatus, geoSite, geoStatus } from '../decode/geo.ts';
import { entries, type GitlabApi } from '../wire/api.ts';
import { servedCopies } from './not-exposed.ts';

/** A secondary site that copies the registry, and what it reports of that. */
export interface Copy {
  readonly site: GeoSite;
  readonly status: GeoStatus;
}

const ofGitlab = unsupported('GitLab.com offers its customers no copies of the registry');

/** The copies of the registry at the sites of Geo, which an administrator of an instance of one's own sees. */
export function copiesOf(api: GitlabApi, hosted: boolean): () => Promise<Fact<readonly Copy[]>> {
  return once(async () => {
    if (hosted) return ofGitlab;
    const sites = eachEntry(await api.all('listGeoSites', entries), (raw) => [geoSite(raw)]);
    if (sites.state !== 'known') return gapOf(sites);
    const secondary = sites.value.filter(({ copies }) => copies);
    if (secondary.length === 0) return join([sites], (): readonly Copy[] => []);
    const all = await api.all('listGeoStatuses', entries);
    const statuses = eachEntry(all, (raw) => [geoStatus(raw)]);
    return join([sites, statuses], (_, reported) => {
      const pairs = secondary.map((site) => ({ site, status: statusOf(site, reported) }));
      return pairs.filter(({ status }) => status.copiesImages());
    });
  });
}

function statusOf({ id, name }: GeoSite, reported: readonly GeoStatus[]): GeoStatus {
  const found = reported.find(({ site }) => site === id);
  if (found !== undefined) return found;
  throw new Inconclusive(`the site ${name} has reported nothing`);
}

/** Where a repository surely is as well: at a site that leaves out nothing and reports no trouble. */
export function replication(copies: Fact<readonly Copy[]>): RepositoryFacts['replication'] {
  return join([copies], (all) => {
    if (all.length === 0) {
      return { mode: 'none', because: 'no secondary site of Geo copies the registry' };
    }
    const faults = all.map(faultOf);
    const whole = all.filter((_, at) => faults[at] === null);
    if (whole.length > 0) return { mode: 'to', places: whole.map(placeOf) };
    throw new Inconclusive(faults.join('; '));
  });
}

function faultOf({ site: { name, isWhole }, status }: Copy): string | null {
  if (!isWhole) return `the site ${name} copies some groups or storages alone`;
  const trouble = status.trouble();
  return trouble === null ? null : `the site ${name} ${trouble}`;
}

/** A site of Geo belongs to the instance. */
function placeOf({ site: { name } }: Copy): ValueOf<RepositoryFacts['replicationTargets']>[number] {
  return { place: name, account: name, own: true };
}

export function replicationTargets(
  copies: Fact<readonly Copy[]>,
): RepositoryFacts['replicationTargets'] {
  return join([copies], (all) => all.map(placeOf));
}

/** Whether and how a secondary site serves its copy to clients no API tells. */
export function edgeRegistries(copies: Fact<readonly Copy[]>): RegistryFacts['edgeRegistries'] {
  if (copies.state !== 'known') return gapOf(copies);
  return copies.value.length === 0 ? join([copies], () => []) : servedCopies;
}
