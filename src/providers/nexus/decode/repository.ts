import {
  booleanAt,
  DecodeError,
  type JsonObject,
  maybeBoolean,
  maybeObject,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';

/** Formats that hold container images. */
const imageFormats = ['docker', 'oci'] as const;
type ImageFormat = (typeof imageFormats)[number];

/** A repository that holds images, of the list of all settings. */
export interface ImageRepository {
  readonly name: string;
  readonly format: ImageFormat;
  readonly type: 'hosted' | 'proxy' | 'group';
  readonly blobStore: string;
  /** Whether Docker clients have to sign in even where anonymous users may read. */
  readonly forceBasicAuth: boolean;
  /** The port of a connector in plain HTTP; null: there is none. */
  readonly httpPort: number | null;
  /** Of a group. */
  readonly members: readonly string[];
  readonly writableMember: string | null;
  /** The settings as they came: fields that concern one fact are decoded for it. */
  readonly settings: JsonObject;
}

/** An entry of the list; null: it holds no images, or is offline and serves nothing. */
export function repository(raw: unknown): ImageRepository | null {
  const settings = objectOf(raw, 'a repository');
  const named = stringAt(settings, 'format');
  const format = imageFormats.find((one) => one === named);
  const name = stringAt(settings, 'name');
  if (format === undefined || !booleanAt(settings, 'online')) return null;
  const type = typeOf(settings);
  const connector = objectAt(settings, format);
  const group = type === 'group' ? objectAt(settings, 'group') : null;
  return {
    name,
    format,
    type,
    blobStore: stringAt(objectAt(settings, 'storage'), 'blobStoreName'),
    forceBasicAuth: booleanAt(connector, 'forceBasicAuth'),
    httpPort: portAt(connector, 'httpPort'),
    members: group === null ? [] : stringsAt(group, 'memberNames'),
    writableMember: group === null ? null : maybeString(group, 'writableMember'),
    settings,
  };
}

function typeOf(settings: JsonObject): ImageRepository['type'] {
  const type = stringAt(settings, 'type');
  if (type === 'hosted' || type === 'proxy' || type === 'group') return type;
  throw new DecodeError(`type is "${type.slice(0, 40)}", expected hosted, proxy or group`);
}

function portAt(connector: JsonObject, key: string): number | null {
  if (connector[key] === undefined || connector[key] === null) return null;
  return numberAt(connector, key);
}

/** The words of the API come back in the case they were sent in. */
export function enumInAnyCase<W extends string>(
  holder: JsonObject,
  key: string,
  words: readonly W[],
): W {
  const text = stringAt(holder, key).toUpperCase();
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new DecodeError(`${key} is "${text.slice(0, 40)}", expected ${words.join(' or ')}`);
}

export interface DeploymentPolicy {
  readonly writePolicy: 'ALLOW' | 'ALLOW_ONCE' | 'DENY';
  /** Under ALLOW_ONCE: whether `latest` can be pushed again. */
  readonly latestMoves: boolean | null;
}

/** Of a hosted repository. Proxies and groups show a policy that means nothing. */
export function deploymentPolicy({ settings }: ImageRepository): DeploymentPolicy {
  const storage = objectAt(settings, 'storage');
  const writePolicy = enumInAnyCase(storage, 'writePolicy', ['ALLOW', 'ALLOW_ONCE', 'DENY']);
  return { writePolicy, latestMoves: maybeBoolean(storage, 'latestPolicy') };
}

export interface Remote {
  readonly url: string;
  readonly signsIn: boolean;
  readonly routingRule: string | null;
}

/** What a proxy fetches from. The password is not in the response, and is not looked for. */
export function remote({ settings }: ImageRepository): Remote {
  return {
    url: stringAt(objectAt(settings, 'proxy'), 'remoteUrl'),
    signsIn: maybeObject(objectAt(settings, 'httpClient'), 'authentication') !== null,
    routingRule: routingRuleOf(settings),
  };
}

/** Releases call the field `routingRuleName`, and some `routingRule`. A missing key is an error. */
function routingRuleOf(settings: JsonObject): string | null {
  const key = 'routingRuleName' in settings ? 'routingRuleName' : 'routingRule';
  if (!(key in settings)) throw new DecodeError('routingRuleName is missing');
  return maybeString(settings, key);
}

/** The names of the cleanup policies that are attached; `cleanup` is null where there is none. */
export function cleanupPolicies({ settings }: ImageRepository): readonly string[] {
  if (!('cleanup' in settings)) throw new DecodeError('cleanup is missing');
  const cleanup = maybeObject(settings, 'cleanup');
  return cleanup === null ? [] : stringsAt(cleanup, 'policyNames');
}

const firewallModes = ['DISABLED', 'AUDIT', 'QUARANTINE', 'PCCS'] as const;

/** What Repository Firewall does with what a proxy fetches. */
export function firewallMode({ settings }: ImageRepository): (typeof firewallModes)[number] {
  return enumInAnyCase(objectAt(settings, 'firewall'), 'mode', firewallModes);
}

/** Which signatures a repository of the `oci` format asks for at pull. */
export type Enforcement =
  | { readonly mode: 'NONE' }
  | { readonly mode: 'KEYLESS'; readonly issuer: string; readonly identity: string };

export function enforcement({ settings }: ImageRepository): Enforcement {
  const cosign = objectAt(settings, 'cosign');
  const mode = enumInAnyCase(cosign, 'enforcement', ['NONE', 'KEYLESS']);
  if (mode === 'NONE') return { mode };
  return {
    mode,
    issuer: stringAt(cosign, 'issuerRegex'),
    identity: stringAt(cosign, 'identityRegex'),
  };
}
