import { UsageError } from '../model/usage-error.ts';

/** What a registry address stands for. */
export interface Addressed {
  /** The same as a target: `ecr://123456789012/eu-west-1`. */
  readonly target: string;
  /** The repository that the address names; null: all of the registry. */
  readonly repository: string | null;
}

/** Short names of providers that people type. */
const aliases: Readonly<Record<string, string>> = {
  gar: 'artifact-registry',
  hub: 'docker-hub',
  dockerhub: 'docker-hub',
  github: 'ghcr',
};

/** How one vendor's registry addresses become targets. `path`: what follows the host, without tag and digest. */
interface Form {
  readonly host: RegExp;
  readonly addressed: (host: RegExpExecArray, path: readonly string[]) => Addressed;
}

/** Locations of the repositories that keep addresses of Container Registry (Google, "gcr.io domain support"). */
const containerRegistry: Readonly<Record<string, string>> = {
  'gcr.io': 'us',
  'us.gcr.io': 'us',
  'eu.gcr.io': 'europe',
  'asia.gcr.io': 'asia',
};

const forms: readonly Form[] = [
  {
    // Amazon ECR user guide, "Private registry authentication": IPv4, FIPS and dual-stack hosts.
    host: /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.(?:com|com\.cn|eu)|on\.aws|on\.amazonwebservices\.com\.cn)$/,
    addressed: ([, account, region], path) => ({
      target: `ecr://${account}/${region}`,
      repository: joined(path),
    }),
  },
  {
    host: /^[a-z0-9-]+\.azurecr\.(?:io|cn|us|de)$/,
    addressed: ([host], path) => ({ target: `acr://${host}`, repository: joined(path) }),
  },
  {
    host: /^([a-z0-9-]+)-docker\.pkg\.dev$/,
    addressed: ([, location], [project, repository]) => ({
      target: `artifact-registry://${required(project, 'LOCATION-docker.pkg.dev/PROJECT')}/${location}`,
      repository: repository ?? null,
    }),
  },
  {
    host: /^(?:(?:us|eu|asia)\.)?gcr\.io$/,
    addressed: ([host], [project]) => ({
      target: `artifact-registry://${required(project, 'gcr.io/PROJECT')}/${containerRegistry[host]}`,
      repository: host,
    }),
  },
  {
    host: /^(?:(?:registry-1|index|registry)\.)?docker\.io$|^hub\.docker\.com$/,
    addressed: (_, path) => {
      const [namespace, repository] = path.filter(
        (part, at) => !(at === 0 && /^[ru_]$/.test(part)),
      );
      return {
        target: `docker-hub://${required(namespace, 'docker.io/NAMESPACE')}`,
        repository: repository ?? null,
      };
    },
  },
  {
    host: /^ghcr\.io$/,
    addressed: (_, [owner, ...name]) => ({
      target: `ghcr://${required(owner, 'ghcr.io/OWNER')}`,
      repository: joined(name),
    }),
  },
  {
    host: /^quay\.io$/,
    addressed: (_, [namespace, repository]) => ({
      target: `quay://quay.io/${required(namespace, 'quay.io/NAMESPACE')}`,
      repository: repository ?? null,
    }),
  },
  {
    host: /^registry\.gitlab\.com$/,
    addressed: (_, path) => ({
      target: `gitlab://gitlab.com/${required(joined(path) ?? undefined, 'registry.gitlab.com/GROUP/PROJECT')}`,
      repository: null,
    }),
  },
  {
    // People name the host of a product after it.
    host: /^(harbor|nexus|quay|gitlab)\.[a-z0-9.-]+(?::\d+)?$/,
    addressed: ([host, product], path) => ({
      target: `${product}://${[host, ...(product === 'harbor' ? [] : path)].join('/')}`,
      repository: product === 'harbor' ? (path[0] ?? null) : null,
    }),
  },
  {
    host: /^(?:localhost|\[[0-9a-f:]+\]|[a-z0-9.-]+):\d+$|^localhost$/,
    addressed: ([host], path) => ({
      target: ['oci://', host, ...slashed(path)].join(''),
      repository: null,
    }),
  },
];

/**
 * Resolves what people write for a registry: a target (returned as it is), an alias (`gar`), or an address as
 * `docker pull` takes it, with or without `https://`, repository, tag and digest. Throws `UsageError`, naming the
 * targets it could mean, for an address of a product that its host does not tell.
 */
export function resolveAddress(written: string): Addressed {
  const alias = Object.hasOwn(aliases, written.split('://', 1)[0] ?? '')
    ? written.split('://', 1)[0]
    : undefined;
  if (alias !== undefined)
    return { target: `${aliases[alias]}${written.slice(alias.length)}`, repository: null };
  // A password in an address is never repeated.
  const bare = written.replace(/^https?:\/\//i, '').replace(/^[^/@]*@(?=[^/]*\.|localhost)/, '');
  const [host = '', ...rest] = bare.split('/');
  if (bare === written && !isHost(host)) return { target: written, repository: null };
  const path = rest.filter((part) => part !== '').map(withoutVersion);
  for (const form of forms) {
    const found = form.host.exec(host.toLowerCase());
    if (found !== null) return form.addressed(found, path);
  }
  throw new UsageError(
    `the address ${host} does not tell which product it is`,
    `write harbor://${host}, quay://${host}, nexus://${host}, gitlab://${host}, or oci://${host} for any other registry`,
  );
}

/** Whether this is a host, and no provider: it has a dot or a port, or is this machine. */
function isHost(text: string): boolean {
  return /^[A-Za-z0-9[\]:.-]+$/.test(text) && (/[.]|:\d+$/.test(text) || text === 'localhost');
}

/** `app:1.2@sha256:…` is `app`. */
function withoutVersion(part: string): string {
  return part.replace(/[:@].*$/, '');
}

function joined(path: readonly string[]): string | null {
  return path.length === 0 ? null : path.join('/');
}

function slashed(path: readonly string[]): readonly string[] {
  return path.length === 0 ? [] : [`/${path.join('/')}`];
}

function required(part: string | undefined, form: string): string {
  if (part === undefined || part === '')
    throw new UsageError(`the address names no part of the registry to audit`, `write ${form}`);
  return part;
}
