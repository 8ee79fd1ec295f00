import {
  arrayAt,
  booleanAt,
  DecodeError,
  enumAt,
  groupsOf,
  type JsonObject,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** What every Quay tells everybody of itself: which features are on, and some of its settings. */
export interface Instance {
  readonly features: JsonObject;
  readonly config: JsonObject;
  /** The release; null: quay.io names none. */
  readonly version: string | null;
  /** Titles of the ways to sign in besides that of `AUTHENTICATION_TYPE`. */
  readonly externalLogins: readonly string[];
}

/** Reads `/config`. Throws `DecodeError` for anything else. */
export function instance(raw: unknown): Instance {
  const answer = objectOf(raw, 'the configuration');
  const version = answer['version_number'];
  if (typeof version !== 'string') throw new DecodeError('version_number is missing');
  return {
    features: objectAt(answer, 'features'),
    config: objectAt(answer, 'config'),
    version: version === '' ? null : version,
    externalLogins: arrayAt(answer, 'external_login').map((one) =>
      stringAt(objectOf(one, 'an external login'), 'title'),
    ),
  };
}

/** Whether a feature is on. Values are true and false or those words. */
export function isOn({ features }: Instance, name: string): boolean {
  const value = features[name];
  if (value === 'true' || value === 'True') return true;
  if (value === 'false' || value === 'False') return false;
  return booleanAt(features, name);
}

/** The same of a feature that came with release 3.`since`: an older one cannot have it on. */
export function isOnSince(since: number, found: Instance, name: string): boolean {
  if (found.features[name] === undefined && found.version !== null) {
    if (releaseOf(found.version).minor < since) return false;
  }
  return isOn(found, name);
}

/** `Quay v3.11.0`, `Quay 3.15.1`. */
export function releaseOf(version: string): { readonly version: string; readonly minor: number } {
  const [release, major, minor] = groupsOf(/v?((\d+)\.(\d+)\.\d+)/, version);
  if (release === undefined || major !== '3') {
    throw new DecodeError('version_number names no release of Quay 3');
  }
  return { version: release, minor: Number(minor) };
}

const authenticationTypes = ['Database', 'LDAP', 'JWT', 'Keystone', 'OIDC', 'AppToken'] as const;
export type AuthenticationType = (typeof authenticationTypes)[number];

export function authenticationType({ config }: Instance): AuthenticationType {
  return enumAt(config, 'AUTHENTICATION_TYPE', authenticationTypes);
}

/** Where Quay sends clients for their tokens. */
export function addressOf({ config }: Instance): {
  readonly scheme: string;
  readonly host: string;
} {
  return {
    scheme: enumAt(config, 'PREFERRED_URL_SCHEME', ['http', 'https']),
    host: stringAt(config, 'SERVER_HOSTNAME'),
  };
}
