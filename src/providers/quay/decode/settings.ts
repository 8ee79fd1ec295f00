import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeObject,
  maybeString,
  maybeStrings,
  objectAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import { daysOf } from './duration.ts';

/**
 * The settings in force, by name: the answer holds the environment of the process besides, of which nothing
 * is looked at. A setting without a default is left out of it where it is not set.
 */
export interface Settings {
  readonly config: JsonObject;
}

export function settings(raw: unknown): Settings {
  const config = objectAt(objectOf(raw, 'the configuration'), 'config');
  // One that is always there proves that this is the configuration.
  stringAt(config, 'AUTHENTICATION_TYPE');
  return { config };
}

export interface LogStore {
  readonly kind: 'database' | 'elasticsearch' | 'splunk' | 'kafka' | 'kinesis';
  /** Null: the configuration does not name it. */
  readonly destination: string | null;
  /** Namespaces that are left out. */
  readonly unlogged: readonly string[];
  readonly pullsUnlogged: readonly string[];
  /** Kinds of failures that are not recorded. */
  readonly failuresUnlogged: readonly string[];
  /** Days that records stay in the database; null: for ever. */
  readonly days: number | null;
}

const models = ['database', 'elasticsearch', 'splunk', 'transition_reads_both_writes_es'] as const;
const failures = [
  ['ACTION_LOG_AUDIT_LOGIN_FAILURES', 'logins'],
  ['ACTION_LOG_AUDIT_PULL_FAILURES', 'pulls'],
  ['ACTION_LOG_AUDIT_PUSH_FAILURES', 'pushes'],
  ['ACTION_LOG_AUDIT_DELETE_FAILURES', 'deletions'],
] as const;

/** Where and for how long actions are recorded. */
export function logStore({ config }: Settings): LogStore {
  const model = enumAt(config, 'LOGS_MODEL', models);
  const to = maybeObject(config, 'LOGS_MODEL_CONFIG');
  const rotates = booleanAt(config, 'FEATURE_ACTION_LOG_ROTATION');
  return {
    ...storeOf(model, to === null ? {} : to),
    unlogged: maybeStrings(config, 'DISABLED_FOR_AUDIT_LOGS'),
    pullsUnlogged: maybeStrings(config, 'DISABLED_FOR_PULL_LOGS'),
    failuresUnlogged: failures.flatMap(([name, of]) => (booleanAt(config, name) ? [] : [of])),
    days: rotates ? daysOf(stringAt(config, 'ACTION_LOG_ROTATION_THRESHOLD')) : null,
  };
}

function storeOf(
  model: (typeof models)[number],
  to: JsonObject,
): Pick<LogStore, 'kind' | 'destination'> {
  const host = (key: string, field: string) => {
    const section = maybeObject(to, key);
    return section === null ? null : maybeString(section, field);
  };
  switch (model) {
    case 'database':
      return { kind: 'database', destination: null };
    case 'splunk':
      return producerOf(to, {
        kind: 'splunk',
        destination: host('splunk_config', 'host'),
      });
    case 'elasticsearch':
    case 'transition_reads_both_writes_es':
      return producerOf(to, {
        kind: 'elasticsearch',
        destination: host('elasticsearch_config', 'host'),
      });
  }
}

/** Records may be handed to a stream, from which others bring them to the store. */
function producerOf(
  to: JsonObject,
  store: Pick<LogStore, 'kind' | 'destination'>,
): Pick<LogStore, 'kind' | 'destination'> {
  switch (to['producer']) {
    case 'kafka':
      return { kind: 'kafka', destination: null };
    case 'kinesis_stream':
      return { kind: 'kinesis', destination: null };
    case undefined:
    case null:
    case 'elasticsearch':
    case 'splunk':
    case 'splunk_hec':
      return store;
    default:
      throw new DecodeError('LOGS_MODEL_CONFIG names a producer that is not known');
  }
}

/** Where blobs are copied to: the storage engines that every image is to be in. */
export function storagePlaces({ config }: Settings): readonly string[] {
  return stringsAt(config, 'DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS');
}

/** Whether a repository that a push creates is private. */
export function privateOnPush({ config }: Settings): boolean {
  return booleanAt(config, 'CREATE_PRIVATE_REPO_ON_PUSH');
}

/** The address of the directory of an authentication type, and what weakens the way to it. */
export function directoryAddress(
  { config }: Settings,
  type: 'LDAP' | 'JWT' | 'Keystone' | 'OIDC',
): { readonly address: string; readonly weak: string | null } {
  switch (type) {
    case 'LDAP':
      return {
        address: stringAt(config, 'LDAP_URI'),
        weak:
          maybeBoolean(config, 'LDAP_ALLOW_INSECURE_FALLBACK') === true
            ? 'LDAP_ALLOW_INSECURE_FALLBACK lets it fall back to a connection without TLS'
            : null,
      };
    case 'JWT':
      return { address: stringAt(config, 'JWT_VERIFY_ENDPOINT'), weak: null };
    case 'Keystone':
      return { address: stringAt(config, 'KEYSTONE_AUTH_URL'), weak: null };
    case 'OIDC':
      return { address: issuerOf(config), weak: null };
  }
}

/** The configuration has one section `…_LOGIN_CONFIG` with the address of the issuer. */
function issuerOf(config: JsonObject): string {
  const issuers = Object.keys(config)
    .filter((key) => key.endsWith('_LOGIN_CONFIG'))
    .map((key) => objectAt(config, key))
    .filter((section) => section['OIDC_SERVER'] !== undefined)
    .map((section) => stringAt(section, 'OIDC_SERVER'));
  const plain = issuers.find((address) => !address.startsWith('https://'));
  if (plain !== undefined) return plain;
  const [first] = issuers;
  if (first === undefined) throw new DecodeError('no OIDC_SERVER is configured');
  return first;
}
