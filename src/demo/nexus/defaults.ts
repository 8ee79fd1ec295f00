import type { Fields } from './estate.ts';

/* What the server says of an object in which nothing was set. */

const connector = {
  v1Enabled: false,
  forceBasicAuth: true,
  httpPort: null,
  httpsPort: null,
  subdomain: null,
  pathEnabled: true,
};

/** A repository: what is set is laid over what its format and type have. */
export function repositoryOf(set: Fields, root: string): Fields {
  const { name, format, type } = set;
  const over = (key: string, defaults: Fields) => ({
    [key]: { ...defaults, ...fieldsAt(set, key) },
  });
  const images = format === 'docker' || format === 'oci';
  return {
    name,
    url: `${root}/repository/${name}`,
    online: true,
    ...over('storage', {
      blobStoreName: 'default',
      strictContentTypeValidation: true,
      ...(type === 'hosted' ? { writePolicy: 'ALLOW' } : {}),
      ...(type === 'hosted' && images ? { latestPolicy: false } : {}),
    }),
    ...(type === 'group' ? {} : { cleanup: null }),
    ...(type === 'hosted' ? { component: { proprietaryComponents: false } } : {}),
    ...(type === 'group' ? over('group', { memberNames: [], writableMember: null }) : {}),
    ...(type === 'proxy' ? proxyOf(set) : {}),
    ...(format === 'oci' ? over('cosign', { enforcement: 'NONE' }) : {}),
    ...(images ? over(String(format), connector) : {}),
    ...laidOver(set, [
      'storage',
      'group',
      'proxy',
      'httpClient',
      'firewall',
      'cosign',
      String(format),
    ]),
  };
}

function proxyOf(set: Fields): Fields {
  const connection = { useTrustStore: false, retries: null, timeout: null };
  return {
    proxy: { contentMaxAge: 1440, metadataMaxAge: 1440, ...fieldsAt(set, 'proxy') },
    negativeCache: { enabled: true, timeToLive: 1440 },
    httpClient: {
      blocked: false,
      autoBlock: true,
      connection,
      authentication: null,
      ...fieldsAt(set, 'httpClient'),
    },
    firewall: { mode: 'DISABLED', ...fieldsAt(set, 'firewall') },
    routingRuleName: null,
    dockerProxy: { indexType: 'REGISTRY', indexUrl: null, cacheForeignLayers: false },
  };
}

function laidOver(set: Fields, merged: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(set).filter(([key]) => !merged.includes(key)));
}

function fieldsAt(set: Fields, key: string): Fields {
  const value = set[key];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function userOf(set: Fields): Fields {
  const { userId } = set;
  return {
    userId,
    firstName: userId,
    lastName: userId,
    emailAddress: `${userId}@example.com`,
    source: 'default',
    status: 'active',
    readOnly: false,
    roles: [],
    externalRoles: [],
    ...set,
  };
}

/** A task that runs at night. */
export function taskOf(set: Fields, asOf: string): Fields {
  const nextRun = new Date(Date.parse(asOf) + 12 * 3_600_000).toISOString().replace('Z', '+00:00');
  return {
    id: `task-${set['name']}`,
    message: null,
    currentState: 'WAITING',
    lastRunResult: null,
    nextRun,
    lastRun: null,
    ...set,
  };
}

export function cleanupPolicyOf(set: Fields): Fields {
  return {
    notes: null,
    format: 'docker',
    criteriaLastBlobUpdated: null,
    criteriaLastDownloaded: null,
    criteriaReleaseType: null,
    criteriaAssetRegex: null,
    retain: null,
    sortBy: null,
    inUseCount: 1,
    ...set,
  };
}

export function blobStoreOf(set: Fields): Fields {
  const counts = { blobCount: 0, totalSizeInBytes: 0, availableSpaceInBytes: 63_414_272_000 };
  return { softQuota: null, type: 'File', unavailable: false, ...counts, ...set };
}

/** A server of the directory; its password is in no response. */
export function ldapServerOf(set: Fields): Fields {
  return {
    id: `ldap-${set['name']}`,
    order: 1,
    useTrustStore: false,
    searchBase: 'dc=example,dc=org',
    authScheme: 'simple',
    authRealm: null,
    authUsername: 'cn=reader,dc=example,dc=org',
    connectionTimeoutSeconds: 30,
    connectionRetryDelaySeconds: 300,
    maxIncidentsCount: 3,
    userObjectClass: 'inetOrgPerson',
    userIdAttribute: 'uid',
    userRealNameAttribute: 'cn',
    userEmailAddressAttribute: 'mail',
    ldapGroupsAsRoles: true,
    groupType: 'DYNAMIC',
    userMemberOfAttribute: 'memberOf',
    ...set,
  };
}

export function capabilityOf(set: Fields): Fields {
  const state = { enabled: true, active: true, error: false, state: 'active' };
  return { id: `capability-${set['type']}`, notes: '', ...state, properties: {}, ...set };
}

/** Checks as they stand in a release of 2024; those of the estate are laid over them. */
export function statusChecksOf(set: Fields = {}): Fields {
  const healthy = { healthy: true, message: null, error: null, details: null };
  const names = ['Blob Stores Ready', 'Default Admin Credentials', 'DefaultRoleRealm', 'Scripting'];
  return { ...Object.fromEntries(names.map((name) => [name, healthy])), ...set };
}
