import { oncePer } from '../../http/once.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { known, type Learnt } from '../facts.ts';
import { type Project, project as projectAt } from './decode/project.ts';
import { type Places, placesOf, searchPlaces } from './discovery.ts';
import { projectFacts } from './facts/project.ts';
import { sharedFacts } from './facts/shared.ts';
import type { ArtifactRegistryOptions } from './options.ts';
import { emptyProject, locationRegistry, unreachable } from './registry.ts';
import { type ArtifactRegistryApi, artifactRegistryApi } from './wire/api.ts';
import { googleClient } from './wire/client.ts';
import { type SignIn, signIn as signInWith } from './wire/sign-in.ts';

const scheme = 'artifact-registry://';

/**
 * The registries of a target: `artifact-registry` (the project of the environment or the entry),
 * `artifact-registry://PROJECT`, `artifact-registry://PROJECT/LOCATION`, or all of an organisation or
 * folder. What cannot be signed in to or listed is a registry of its own that says so.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as ArtifactRegistryOptions;
  checkEndpoint(options);
  const address = addressOf(target);
  const scope = scopeOf(options, address.project);
  const signIn = signInWith(context);
  const named = address.project ?? options.project;
  const project = scope === null ? await projectOf(named, signIn) : null;
  return registriesOf({ address, project, scope, options, signIn, context });
}

interface Opening {
  readonly address: Address;
  /** Null: all of a scope. */
  readonly project: string | null;
  readonly signIn: SignIn;
  readonly scope: string | null;
  readonly options: ArtifactRegistryOptions;
  readonly context: ScanContext;
}

async function* registriesOf(opening: Opening): AsyncGenerator<Registry> {
  const { address, project: id, scope, options, signIn, context } = opening;
  const connect = (registry: string, signal: AbortSignal) =>
    googleClient({ registry, options, signIn, context: { ...context, signal } });
  // What several registries ask is connected for as long as the target is read.
  const connectShared = (registry: string) => connect(registry, context.signal);
  const discovery = artifactRegistryApi(connectShared(scheme.slice(0, -3)), () => []);
  const shared = sharedFacts(discovery);

  const signedIn = await signIn.ready();
  if (signedIn.state !== 'known') {
    yield unreachable(`${scheme}${scope ?? id}`, signedIn, context);
    return;
  }
  const opened = oncePer(async (id) => {
    const client = connectShared(`${scheme}${id}`);
    // Errors name the project by its number; until that is known, none is taken for its own.
    const names: string[] = [id];
    const api = artifactRegistryApi(client, () => names);
    const project = await api.one('GetProject', (raw) => same(projectAt(raw), id), {
      params: { project: id },
    });
    if (project.state === 'known') names.push(project.value.number);
    return { api, names, facts: projectFacts({ api, shared, id, project }) };
  });
  const registriesAt = async function* (places: Places): AsyncGenerator<Registry> {
    const { names, facts } = await opened(places.project);
    for (const location of places.locations) {
      const id = `${scheme}${places.project}/${location}`;
      yield locationRegistry({ id, location, project: facts, connect, own: () => names, context });
    }
  };

  if (scope !== null) {
    yield* inScope(scope, discovery, registriesAt, context, options.locations);
    return;
  }
  if (id === null) return;
  if (address.location !== null) {
    yield* registriesAt({ project: id, locations: [address.location] });
    return;
  }
  const { api } = await opened(id);
  const locations =
    options.locations === undefined ? await placesOf(api, id) : configured(options.locations);
  if (locations.state !== 'known') yield unreachable(`${scheme}${id}/all`, locations, context);
  else if (locations.value.length === 0) yield emptyProject(`${scheme}${id}`, context);
  else yield* registriesAt({ project: id, locations: locations.value });
}

/** Every project below an organisation or folder that holds repositories, by its assets. */
async function* inScope(
  scope: string,
  discovery: ArtifactRegistryApi,
  registriesAt: (places: Places) => AsyncGenerator<Registry>,
  context: ScanContext,
  only: readonly string[] | undefined,
): AsyncGenerator<Registry> {
  const found = await searchPlaces(discovery, scope);
  if (found.state !== 'known') {
    yield unreachable(`${scheme}${scope}`, found, context);
    return;
  }
  const wanted = found.value
    .map(({ project, locations }) => ({
      project,
      locations: locations.filter((location) => only === undefined || only.includes(location)),
    }))
    .filter(({ locations }) => locations.length > 0);
  if (wanted.length === 0) yield emptyProject(`${scheme}${scope}`, context);
  for (const places of wanted) yield* registriesAt(places);
}

function configured(locations: readonly string[]): Learnt<readonly string[]> {
  return known('none', '', () => locations);
}

function same(project: Project, id: string): Project {
  if (project.id === id) return project;
  throw new Error(`the project is ${project.id}, not ${id}`);
}

const addressForm =
  /^((?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9])(?:\/([a-z][a-z0-9-]{0,30}))?\/?$/;

interface Address {
  readonly project: string | undefined;
  readonly location: string | null;
}

function addressOf({ address }: Target): Address {
  if (address === '') return { project: undefined, location: null };
  const [, project, location] = addressForm.exec(address) ?? [];
  if (project === undefined) {
    throw new UsageError(
      `${scheme}${address} is not an address of Artifact Registry`,
      `write artifact-registry, ${scheme}PROJECT or ${scheme}PROJECT/LOCATION with the id of a project and a location such as europe-west4 or europe`,
    );
  }
  return { project, location: location ?? null };
}

/** `organizations/O` or `folders/F`; null: one project. */
function scopeOf(options: ArtifactRegistryOptions, project: string | undefined): string | null {
  const { organization, folder } = options;
  if (organization === undefined && folder === undefined) return null;
  const given = [organization, folder, options.project ?? project].filter(
    (one) => one !== undefined,
  );
  if (given.length > 1) {
    throw new UsageError(
      'more than one of project, folder and organization is given',
      'name one of them in each entry',
    );
  }
  return organization === undefined ? `folders/${folder}` : `organizations/${organization}`;
}

async function projectOf(named: string | undefined, signIn: SignIn): Promise<string> {
  const project = named ?? (await signIn.ownProject());
  if (project !== null) return project;
  throw new UsageError(
    'no Google Cloud project is given',
    `name one: ${scheme}PROJECT, project: in the configuration, or GOOGLE_CLOUD_PROJECT`,
  );
}

/** Credentials go to the endpoint: in clear to this machine only. */
function checkEndpoint({ endpoint }: ArtifactRegistryOptions): void {
  if (endpoint === undefined || endpoint.startsWith('https://')) return;
  const { hostname } = new URL(endpoint);
  if (['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return;
  throw new UsageError(
    'the endpoint is reached over plain http, which is for loopback addresses only',
    'write https://, or leave endpoint out',
  );
}
