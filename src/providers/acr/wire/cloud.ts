import { UsageError } from '../../../model/usage-error.ts';
import type { AcrOptions } from '../options.ts';

/** Where one Azure cloud is spoken to. Addresses have no slash at the end. */
export interface Cloud {
  /** Azure Resource Manager; `http:` on loopback alone. */
  readonly manager: string;
  /** Whom tokens for Resource Manager are asked for. */
  readonly managerScope: string;
  /** Microsoft Entra ID; undefined: as AZURE_AUTHORITY_HOST says, else the public one. */
  readonly authority: string | undefined;
  /** How the login server of every registry ends. */
  readonly registrySuffix: string;
  /** How the hosts of key vaults and of managed HSMs end. */
  readonly vaultSuffixes: readonly string[];
  /** Microsoft Graph. */
  readonly graph: string;
  readonly graphScope: string;
}

/** Azure's own addresses (Azure CLI `az cloud list`; SDK cloudSettingHelpers; national clouds of Graph). */
const clouds = {
  public: {
    manager: 'management.azure.com',
    login: 'login.microsoftonline.com',
    registries: 'azurecr.io',
    vaults: ['vault.azure.net', 'managedhsm.azure.net'],
    graph: 'graph.microsoft.com',
  },
  china: {
    manager: 'management.chinacloudapi.cn',
    login: 'login.chinacloudapi.cn',
    registries: 'azurecr.cn',
    vaults: ['vault.azure.cn', 'managedhsm.azure.cn'],
    graph: 'microsoftgraph.chinacloudapi.cn',
  },
  usgov: {
    manager: 'management.usgovcloudapi.net',
    login: 'login.microsoftonline.us',
    registries: 'azurecr.us',
    vaults: ['vault.usgovcloudapi.net', 'managedhsm.usgovcloudapi.net'],
    graph: 'graph.microsoft.us',
  },
} as const;

/** Tokens for registries have this audience in every cloud (azure-sdk-for-go, azcontainerregistry). */
export const registryScope = 'https://containerregistry.azure.net/.default';

/** The cloud of an entry. Throws `UsageError` for plain HTTP to another machine. */
export function cloudOf({ cloud, endpoint, authority }: AcrOptions): Cloud {
  const { manager, login, registries, vaults, graph } =
    clouds[cloud === undefined ? 'public' : cloud];
  const entra = cloud === undefined ? undefined : `https://${login}`;
  const origin = endpoint === undefined ? `https://${manager}` : address('endpoint', endpoint);
  return {
    manager: origin,
    managerScope: `https://${manager}/.default`,
    authority: authority === undefined ? entra : address('authority', authority),
    registrySuffix: `.${registries}`,
    vaultSuffixes: vaults.map((vault) => `.${vault}`),
    graph: addressOf(origin, graph),
    graphScope: `https://${graph}/.default`,
  };
}

function address(key: string, value: string): string {
  const { protocol, origin, hostname } = new URL(value);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    throw new UsageError(
      `${key}: ${value} would send tokens in the clear`,
      'write https://; plain HTTP is for servers on this machine',
    );
  }
  return origin;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** One or more labels, lower case; nothing that could lead a token elsewhere. */
const hostForm =
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * The address of a registry's data plane; null when a token must not be sent there, because its login
 * server is no host of the cloud. Where Resource Manager is on this machine, the hosts of Azure are
 * spoken to there too, each below its name.
 */
export function registryAddress(cloud: Cloud, loginServer: string): string | null {
  return trusted(cloud, loginServer, cloud.registrySuffix);
}

/**
 * The address of a key vault or managed HSM by its host, and whom tokens for it are asked for; null when
 * a token must not be sent there.
 */
export function vaultAddress(cloud: Cloud, host: string): { base: string; scope: string } | null {
  for (const suffix of cloud.vaultSuffixes) {
    const base = trusted(cloud, host, suffix);
    if (base !== null) return { base, scope: `https://${suffix.slice(1)}/.default` };
  }
  return null;
}

function trusted({ manager }: Cloud, host: string, suffix: string): string | null {
  const lower = host.toLowerCase();
  if (lower.length > 253 || !lower.endsWith(suffix) || !hostForm.test(lower)) return null;
  return addressOf(manager, lower);
}

function addressOf(manager: string, host: string): string {
  return manager.startsWith('http:') ? `${manager}/${host}` : `https://${host}`;
}
