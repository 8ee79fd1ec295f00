import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { targetPattern } from '../config/schema.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Environment } from './environment.ts';
import { resolveAddress } from './registry-address.ts';

/** A registry that this machine is set up for. */
export interface EnvironmentTarget {
  /** An entry of `registries`. */
  readonly entry: string | { readonly target: string; readonly [option: string]: unknown };
  /** What shows it: a variable or a file. */
  readonly evidence: string;
}

/**
 * The registries that environment variables and the files of the vendors' tools point to: AWS, Azure CLI,
 * gcloud, Docker, Harbor, Quay, Nexus, GitHub Actions and GitLab CI. Reads no credential, calls nothing;
 * ignores files that are absent or not as documented. Each target once.
 */
export async function environmentTargets(
  environment: Environment,
): Promise<readonly EnvironmentTarget[]> {
  const home = environment['HOME'] || environment['USERPROFILE'] || homedir();
  const found = [
    ...(await aws(environment, home)),
    ...(await azure(environment, home)),
    ...(await google(environment, home)),
    ...products(environment),
    ...(await docker(environment, home)),
  ];
  const targets = new Set<string>();
  return found.filter(({ entry }) => {
    const target = typeof entry === 'string' ? entry : entry.target;
    if (!isTarget(target)) return false;
    const isNew = !targets.has(target);
    targets.add(target);
    return isNew;
  });
}

/** Variables and the file that the SDK reads (AWS SDKs and Tools Reference Guide, "Environment variables"). */
async function aws(environment: Environment, home: string): Promise<EnvironmentTarget[]> {
  const variable = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'].find(
    (name) => environment[name],
  );
  const file = environment['AWS_CONFIG_FILE'] || join(home, '.aws', 'config');
  const text = variable === undefined ? await textOf(file) : '';
  if (text === null) return [];
  const profile = environment['AWS_PROFILE'];
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'];
  const place = region === undefined || region === '' ? { regions: 'all' } : { region };
  return [
    {
      entry: { target: 'ecr', ...(profile ? { profile } : {}), ...place },
      evidence: variable ?? file,
    },
  ];
}

/** `azureProfile.json` of the Azure CLI: UTF-8 with a byte order mark. */
async function azure(environment: Environment, home: string): Promise<EnvironmentTarget[]> {
  const named = environment['AZURE_SUBSCRIPTION_ID'];
  if (named) return [{ entry: `acr://${named}`, evidence: 'AZURE_SUBSCRIPTION_ID' }];
  const folder = environment['AZURE_CONFIG_DIR'] || join(home, '.azure');
  const file = join(folder, 'azureProfile.json');
  const { subscriptions } = jsonOf((await textOf(file))?.replace(/^\uFEFF/, '')) as {
    readonly subscriptions?: unknown;
  };
  if (!Array.isArray(subscriptions)) return [];
  const ids = subscriptions.flatMap((one: { id?: unknown; isDefault?: unknown } | null) =>
    one?.isDefault === true && typeof one.id === 'string' ? [one.id] : [],
  );
  return ids.map((id) => ({ entry: `acr://${id}`, evidence: file }));
}

/** The project of gcloud's active configuration (`gcloud topic configurations`). */
async function google(environment: Environment, home: string): Promise<EnvironmentTarget[]> {
  const variable = ['GOOGLE_CLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'].find(
    (name) => environment[name],
  );
  if (variable !== undefined)
    return [{ entry: `artifact-registry://${environment[variable]}`, evidence: variable }];
  const folder = environment['CLOUDSDK_CONFIG'] || join(home, '.config', 'gcloud');
  const active =
    environment['CLOUDSDK_ACTIVE_CONFIG_NAME'] ||
    (await textOf(join(folder, 'active_config')))?.trim() ||
    'default';
  const file = join(folder, 'configurations', `config_${active}`);
  const project = /^\s*project\s*=\s*(\S+)\s*$/m.exec((await textOf(file)) ?? '')?.[1];
  return project === undefined ? [] : [{ entry: `artifact-registry://${project}`, evidence: file }];
}

/** Products by the variables that their adapters and CI systems use. */
function products(environment: Environment): EnvironmentTarget[] {
  const of = (name: string, target: (value: string) => string): EnvironmentTarget[] => {
    const value = environment[name];
    return value ? [{ entry: target(value), evidence: name }] : [];
  };
  return [
    ...of('HARBOR_URL', () => 'harbor'),
    ...of('QUAY_URL', (url) => `quay://${hostIn(url)}`),
    ...of('NEXUS_URL', (url) => `nexus://${hostIn(url)}`),
    ...of('GITHUB_REPOSITORY_OWNER', (owner) => `ghcr://${owner}`),
    ...(environment['CI_SERVER_HOST']
      ? of('CI_PROJECT_PATH', (path) => `gitlab://${environment['CI_SERVER_HOST']}/${path}`)
      : []),
    ...of('DOCKER_USERNAME', (name) => `docker-hub://${name}`),
  ];
}

/** Registries that `docker login` signed in to. Docker Hub is filed without its namespace, so it is left out. */
async function docker(environment: Environment, home: string): Promise<EnvironmentTarget[]> {
  const file = join(environment['DOCKER_CONFIG'] || join(home, '.docker'), 'config.json');
  const { auths, credHelpers } = jsonOf(await textOf(file)) as Readonly<Record<string, unknown>>;
  const hosts = [auths, credHelpers].flatMap((entries) =>
    typeof entries === 'object' && entries !== null ? Object.keys(entries) : [],
  );
  return [...new Set(hosts)].flatMap((host) => {
    const target = targetOf(host.includes('://') ? hostIn(host) : host);
    return target === null ? [] : [{ entry: target, evidence: file }];
  });
}

/** Null: the host alone names nothing to audit. */
function targetOf(host: string): string | null {
  try {
    return resolveAddress(host).target;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** A target in the printable form that a configuration takes. */
function isTarget(text: string): boolean {
  return new RegExp(targetPattern).test(text) && /^[!-~]+[^/]$/.test(text);
}

function hostIn(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

/** An object without keys for what is no JSON object. */
function jsonOf(text: string | null | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
