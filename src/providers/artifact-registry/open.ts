import { oncePer } from '../../http/once.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { known, type Learnt, unknown } from '../facts.ts';
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
 * folder (`artifact-registry://organizations/O`, `artifact-registry://folders/F`). What cannot be signed in to or
 * listed is a registry of its own that says so.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as ArtifactRegistryOptions;
  checkEndpoint(options);
  const address = addressOf(target);
  const scope = scopeOf(options, address);
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
  // A project is asked when a registry of it is read: an organisation has thousands.
  const registriesAt = ({ project, locations }: Places): readonly Registry[] =>
    locations.map((location) => {
      const id = `${scheme}${project}/${location}`;
      return {
        id,
        async *read(signal) {
          const { names, facts } = await opened(project);
          const input = { id, location, project: facts, connect, own: () => names, context };
          yield* locationRegistry(input).read(signal);
        },
      };
    });

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
  registriesAt: (places: Places) => readonly Registry[],
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
  // A search that sees nothing looks like one that nobody lets see anything.
  if (found.value.length === 0) yield unreachable(`${scheme}${scope}`, noneFound, context);
  else if (wanted.length === 0) yield emptyProject(`${scheme}${scope}`, context);
  for (const places of wanted) yield* registriesAt(places);
}

const noneFound = unknown(
  'inconclusive',
  'SearchAllResources',
  'no repository can be found below it',
);

function configured(locations: readonly string[]): Learnt<readonly string[]> {
  return known('none', '', () => locations);
}

function same(project: Project, id: string): Project {
  if (project.id === id) return project;
  throw new Error(`the project is ${project.id}, not ${id}`);
}

const scopeForm = /^(?:organizations|folders)\/[0-9]{1,25}$/;

const addressForm =
  /^((?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9])(?:\/([a-z][a-z0-9-]{0,30}))?\/?$/;

interface Address {
  readonly project: string | undefined;
  readonly location: string | null;
  /** `organizations/O` or `folders/F` */
  readonly scope: string | null;
}

function addressOf({ address }: Target): Address {
  const nothing = { project: undefined, location: null, scope: null };
  if (address === '') return nothing;
  const trimmed = address.replace(/\/$/, '');
  if (scopeForm.test(trimmed)) return { ...nothing, scope: trimmed };
  const [, project, location] = addressForm.exec(address) ?? [];
  if (project === undefined || ['organizations', 'folders'].includes(project)) {
    throw new UsageError(
      `${scheme}${address} is not an address of Artifact Registry`,
      `write artifact-registry, ${scheme}PROJECT, ${scheme}PROJECT/LOCATION with the id of a project and a location such as europe-west4 or europe, ${scheme}organizations/NUMBER or ${scheme}folders/NUMBER`,
    );
  }
  return { project, location: location ?? null, scope: null };
}

/** `organizations/O` or `folders/F`; null: one project. */
function scopeOf(options: ArtifactRegistryOptions, address: Address): string | null {
  const { organization, folder } = options;
  const scopes = [
    organization === undefined ? null : `organizations/${organization}`,
    folder === undefined ? null : `folders/${folder}`,
    address.scope,
  ].filter((one) => one !== null);
  const [scope = null] = scopes;
  const projects = [options.project ?? address.project].filter((one) => one !== undefined);
  if (scope !== null && scopes.length + projects.length > 1) {
    throw new UsageError(
      'more than one of project, folder and organization is given',
      'name one of them in each entry',
    );
  }
  return scope;
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
