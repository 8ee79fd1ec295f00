import { textEntriesAt } from '../../../decode/fields.ts';
import type { Fact, Unsupported, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { type ScanContext, unsupported } from '../../contract.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { retention } from '../decode/cleanup.ts';
import {
  type Described,
  isMultiRegion,
  keyName,
  type Mode,
  members,
  modeOf,
  type Scanning,
  scanning,
  tagLock,
  upstream,
} from '../decode/repository.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import type { Access } from './access.ts';
import { type ImageInput, imageFacts } from './images.ts';
import { type ProjectFacts, scanningApi } from './project.ts';
import { signatureGate, signing } from './signing.ts';

export interface RepositorySources {
  readonly api: ArtifactRegistryApi;
  readonly project: ProjectFacts;
  readonly location: string;
  readonly access: Access;
  readonly context: Pick<ScanContext, 'images'>;
  /** The distribution API of the location. */
  readonly content: () => OciRegistry['client'];
}

/** A field of the list of repositories, as a fact. */
function listed<T>(decode: () => T): Fact<T> {
  return known('ListRepositories', 'artifactregistry.repositories.list', decode);
}

/** The distribution API, where reading is allowed and fetches nothing from elsewhere. */
function contentOf(
  mode: Fact<ReturnType<typeof modeOf>>,
  { context, content }: Pick<RepositorySources, 'context' | 'content'>,
): ImageInput['content'] {
  if (!context.images.mayPull)
    return {
      unread: 'that counts as a pull, which images.mayPull: true in the configuration allows',
    };
  if (mode.state === 'known' && mode.value === 'standard') return content();
  return { unread: 'reading images of a remote repository fetches what it lacks' };
}

/** How each fact of a repository is learnt. */
export function repositoryCollectors(
  repository: Described,
  sources: RepositorySources,
): Collectors<'repository'> {
  const { api, project, location, access, context } = sources;
  const { raw } = repository;
  const mode = listed(() => modeOf(raw));
  const images = imageFacts({
    api,
    project,
    repository,
    context,
    content: contentOf(mode, sources),
  });
  /** A virtual repository holds nothing: what is asked of images is asked where they are. */
  const held =
    <T>(way: () => Promise<Fact<T>>) =>
    async (): Promise<Fact<T>> => {
      if (mode.state !== 'known') return mode;
      return mode.value === 'virtual' ? holdsNothing : way();
    };
  const who = access.collectorsOf(repository);
  return {
    ...who,
    pushers: async () => {
      if (mode.state !== 'known') return mode;
      return mode.value === 'standard' ? who.pushers() : takesNoPush;
    },
    recentSignatures: held(images.recentSignatures),
    recentAttestations: held(images.recentAttestations),
    recentCandidates: held(images.recentCandidates),
    recentScans: held(images.recentScans),
    tagDigests: held(images.tagDigests),
    tagLock: held(async () => listed(() => tagLock(raw))),
    contentOrigin: async () => join([mode], (of) => originOf(repository, of)),
    retention: held(async () => listed(() => retention(raw))),
    pushScan: held(() => scanned(sources, raw, pushScan)),
    rescan: held(() => scanned(sources, raw, rescan)),
    signing: () => signing(project),
    signatureGate: async () => {
      const uris = listed(() => urisOf(repository, location));
      return uris.state === 'known' ? signatureGate(project, { uris: uris.value }) : gapOf(uris);
    },
    encryption: held(() => encryption(sources, raw)),
    replication: held(async () => listed(() => replication(location, project.id))),
    labels: async () => listed(() => textEntriesAt(raw, 'labels')),
  };
}

const takesNoPush: Unsupported = unsupported(
  'nobody can push to a remote or virtual repository, whatever the policies say',
);

const holdsNothing: Unsupported = unsupported(
  'a virtual repository holds no images of its own; those that it serves are judged where they are',
);

function originOf({ raw }: Described, mode: Mode): ValueOf<RepositoryFacts['contentOrigin']> {
  switch (mode) {
    case 'standard':
      return { mode: 'own' };
    case 'remote':
      return { mode: 'cache', of: upstream(raw).url };
    case 'virtual':
      return {
        mode: 'cache',
        of: members(raw)
          .map(({ path }) => lastPart(path))
          .join(', '),
      };
  }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Repositories that stand for Container Registry, whose images keep their old names as well. */
const formerHosts = ['gcr.io', 'us.gcr.io', 'eu.gcr.io', 'asia.gcr.io'];

/** What its images are called; `registryUri` is newer than some answers. */
function urisOf({ name, path, raw }: Described, location: string): readonly string[] {
  const { registryUri } = raw;
  const [, project = ''] = path.split('/');
  // There a domain in the id of a project stands apart: gcr.io/example.com/project.
  const former = formerHosts.includes(name) ? [`${name}/${project.replaceAll(':', '/')}`] : [];
  if (typeof registryUri === 'string' && registryUri !== '') return [registryUri, ...former];
  if (project.includes(':')) throw new Error('registryUri is missing');
  return [`${location}-docker.pkg.dev/${project}/${name}`, ...former];
}

/** Where the repository does not say, only that the API is off is an answer: then nothing is scanned. */
async function scanned<T>(
  { project }: RepositorySources,
  raw: Described['raw'],
  judge: (scanning: Scanning) => T,
): Promise<Fact<T>> {
  const told = listed(() => scanning(raw));
  if (told.state !== 'known' || told.value.state !== 'not-told') return join([told], judge);
  return join([told, await project.services()], (_, services) => {
    if (services.get(scanningApi) === false) {
      return judge({ state: 'off', why: `${scanningApi} is not enabled` });
    }
    throw new Inconclusive('the repository does not say whether it is scanned');
  });
}

function pushScan(state: Scanning): ValueOf<RepositoryFacts['pushScan']> {
  switch (state.state) {
    case 'active':
      return { mode: 'on', engine: 'Artifact Analysis', trigger: 'push' };
    case 'off':
    case 'not-supported':
      return { mode: 'off', why: state.why };
    case 'not-told':
      throw new Error('the state of scanning is missing');
  }
}

/** Findings are kept up to date for images that were pushed or pulled in the last 30 days. */
function rescan(state: Scanning): ValueOf<RepositoryFacts['rescan']> {
  switch (state.state) {
    case 'active':
      return { mode: 'on', how: 'continuous analysis', days: 30 };
    case 'off':
    case 'not-supported':
      return { mode: 'off', why: state.why };
    case 'not-told':
      throw new Error('the state of scanning is missing');
  }
}

async function encryption(
  { project }: RepositorySources,
  raw: Described['raw'],
): Promise<RepositoryFacts['encryption']> {
  const key = listed(() => keyName(raw));
  if (key.state !== 'known') return key;
  const { value } = key;
  if (value === null) {
    return join([key], () => ({ mode: 'platform-key', detail: 'no key is named' }));
  }
  return join([key, await project.keyTrouble(value)], (_, trouble) => ({
    mode: 'own-key',
    key: value,
    usable: trouble === null ? { mode: 'yes' } : { mode: 'no', why: trouble },
  }));
}

/** Nothing is set: a multi-region keeps images in several regions, any other place in one. */
function replication(location: string, project: string): ValueOf<RepositoryFacts['replication']> {
  if (!isMultiRegion(location)) return { mode: 'none' };
  const place = `the regions of ${location}`;
  return { mode: 'to', places: [{ place, account: project, own: true }] };
}
