import type { Estate } from './estate.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a Quay 3.17 has on as it comes, and of what is optional that which an operator switches on. */
const usualFeatures: Fields = {
  ANONYMOUS_ACCESS: true,
  APP_SPECIFIC_TOKENS: true,
  AUTO_PRUNE: true,
  BUILD_SUPPORT: false,
  DIRECT_LOGIN: true,
  DISABLE_PULL_LOGS_FOR_FREE_NAMESPACES: false,
  GARBAGE_COLLECTION: true,
  IMMUTABLE_TAGS: true,
  IMMUTABLE_TAGS_CAN_EXPIRE: false,
  INVITE_ONLY_USER_CREATION: false,
  ORG_MIRROR: true,
  PROXY_CACHE: true,
  PUBLIC_CATALOG: false,
  REFERRERS_API: true,
  REPO_MIRROR: true,
  RESTRICTED_USERS: false,
  SECURITY_SCANNER: true,
  SIGNING: false,
  STORAGE_REPLICATION: false,
  SUPERUSERS_FULL_ACCESS: false,
  SUPERUSERS_ORG_CREATION_ONLY: false,
  SUPERUSER_CONFIGDUMP: true,
  SUPER_USERS: true,
  USER_CREATION: true,
  USER_LAST_ACCESSED: true,
};

/** The features of an estate; null in it takes one away. */
export function featuresOf({ features = {} }: Estate): Fields {
  const all = { ...usualFeatures, ...features };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

export function hasFeature(estate: Estate, name: string): boolean {
  const value = featuresOf(estate)[name];
  return value === true || value === 'true';
}

/** What everybody is told. */
export function configOf(estate: Estate, host: string): Fields {
  return {
    account_recovery_mode: false,
    config: {
      AUTHENTICATION_TYPE: 'Database',
      PERMANENTLY_DELETE_TAGS: false,
      PREFERRED_URL_SCHEME: 'https',
      SERVER_HOSTNAME: host,
      TAG_EXPIRATION_OPTIONS: ['0s', '1d', '1w', '2w', '4w'],
      ...estate.config,
    },
    external_login: estate.externalLogins ?? [],
    features: featuresOf(estate),
    oauth: {},
    registry_state: 'normal',
    version_number: estate.version ?? 'Quay v3.17.2',
  };
}

/** What superusers are told; secrets as Quay covers them. */
export function settingsOf(estate: Estate): Fields {
  const features = Object.entries(featuresOf(estate)).map(([name, value]) => [
    `FEATURE_${name}`,
    value,
  ]);
  return {
    config: {
      ...Object.fromEntries(features),
      ACTION_LOG_AUDIT_DELETE_FAILURES: false,
      ACTION_LOG_AUDIT_LOGINS: true,
      ACTION_LOG_AUDIT_LOGIN_FAILURES: false,
      ACTION_LOG_AUDIT_PULL_FAILURES: false,
      ACTION_LOG_AUDIT_PUSH_FAILURES: false,
      ACTION_LOG_ROTATION_THRESHOLD: '30d',
      AUTHENTICATION_TYPE: 'Database',
      CREATE_NAMESPACE_ON_PUSH: false,
      CREATE_PRIVATE_REPO_ON_PUSH: true,
      DB_URI: '********** (41)',
      DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS: ['default'],
      DISTRIBUTED_STORAGE_PREFERENCE: ['default'],
      FEATURE_ACTION_LOG_ROTATION: false,
      LOGS_MODEL: 'database',
      LOGS_MODEL_CONFIG: { should_skip_logging: null },
      ...estate.config,
      ...estate.settings,
    },
    warning: { SECRET_KEY: '********** (32)' },
    env: { DATABASE_PASSWORD: 'FAKEFAKEFAKE' },
    schema: {},
  };
}
