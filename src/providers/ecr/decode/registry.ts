import type { PolicyDocument } from '../../../aws-policy/document.ts';
import { parsePolicy } from '../../../aws-policy/parse.ts';
import {
  enumAt,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { matches } from '../../../model/wildcard.ts';
import { lockOf } from './repository.ts';

export interface ReplicationRule {
  readonly destinations: readonly { readonly region: string; readonly account: string }[];
  /** Prefixes of repository names; empty: every repository. */
  readonly prefixes: readonly string[];
}

/** DescribeRegistry: an empty list of rules is no replication. */
export function replicationRules(raw: unknown): readonly JsonObject[] {
  const configuration = objectAt(objectOf(raw, 'the answer'), 'replicationConfiguration');
  return objectsAt(configuration, 'rules');
}

/** One of those rules. */
export function replicationRule(rule: JsonObject): ReplicationRule {
  return {
    destinations: objectsAt(rule, 'destinations').map((destination) => ({
      region: stringAt(destination, 'region'),
      account: stringAt(destination, 'registryId'),
    })),
    prefixes: maybeObjects(rule, 'repositoryFilters').map((filter) => {
      enumAt(filter, 'filterType', ['PREFIX_MATCH']);
      return stringAt(filter, 'filter');
    }),
  };
}

/** Where a repository is copied to, each place once. */
export function destinationsOf(rules: readonly ReplicationRule[], repository: string) {
  const places = new Map<string, { region: string; account: string }>();
  for (const { destinations, prefixes } of rules) {
    if (prefixes.length > 0 && !prefixes.some((prefix) => repository.startsWith(prefix))) continue;
    for (const place of destinations) places.set(`${place.account}/${place.region}`, place);
  }
  return [...places.values()];
}

export interface CacheRule {
  readonly prefix: string;
  readonly url: string;
  readonly stored: boolean;
  readonly upstreamPrefix: string;
}

/** One entry of DescribePullThroughCacheRules. `ROOT` stands for "every name" on either side. */
export function cacheRule(rule: JsonObject): CacheRule {
  const upstreamPrefix = maybeString(rule, 'upstreamRepositoryPrefix');
  const credential = maybeString(rule, 'credentialArn');
  const role = maybeString(rule, 'customRoleArn');
  return {
    prefix: stringAt(rule, 'ecrRepositoryPrefix'),
    url: stringAt(rule, 'upstreamRegistryUrl'),
    stored: credential !== null || role !== null,
    // Absent: the whole upstream, the API's default.
    upstreamPrefix: upstreamPrefix === null ? 'ROOT' : upstreamPrefix,
  };
}

/** The rule a repository's content comes through; null: it is pushed here. */
export function cacheOf(rules: readonly CacheRule[], repository: string): CacheRule | null {
  const rule = rules.find(({ prefix }) => prefix !== 'ROOT' && repository.startsWith(`${prefix}/`));
  return rule === undefined ? null : rule;
}

export interface CreationTemplate {
  readonly prefix: string;
  readonly appliedFor: readonly string[];
  readonly lock: TagLock;
  readonly encryption: 'own-key' | 'platform-key';
  /** The policy that a repository starts with; null: none. */
  readonly policy: PolicyDocument | null;
}

/** One entry of DescribeRepositoryCreationTemplates: what repositories the registry creates start with. */
export function creationTemplate(template: JsonObject): CreationTemplate {
  const encryption = maybeObject(template, 'encryptionConfiguration');
  const kms =
    encryption !== null &&
    enumAt(encryption, 'encryptionType', ['AES256', 'KMS', 'KMS_DSSE']) !== 'AES256';
  const key = encryption === null ? null : maybeString(encryption, 'kmsKey');
  const policy = maybeString(template, 'repositoryPolicy');
  const reasons = stringsAt(template, 'appliedFor');
  const strange = reasons.find(
    (reason) => !['PULL_THROUGH_CACHE', 'REPLICATION', 'CREATE_ON_PUSH'].includes(reason),
  );
  if (strange !== undefined) throw new Error(`appliedFor has "${strange}", which is not known`);
  return {
    prefix: stringAt(template, 'prefix'),
    appliedFor: reasons,
    lock: lockOf(template, 'imageTagMutability', 'imageTagMutabilityExclusionFilters'),
    encryption: kms && key !== null ? 'own-key' : 'platform-key',
    policy: policy === null ? null : parsePolicy(policy),
  };
}

/** The template that a repository of this name gets: the longest prefix, ROOT last. */
export function templateFor(
  templates: readonly CreationTemplate[],
  reason: string,
  repository: string,
): CreationTemplate | null {
  const fitting = templates
    .filter(({ appliedFor }) => appliedFor.includes(reason))
    .filter(
      ({ prefix }) =>
        prefix === 'ROOT' || repository === prefix || repository.startsWith(`${prefix}/`),
    )
    .sort((a, b) => rank(b.prefix) - rank(a.prefix));
  const [best] = fitting;
  return best === undefined ? null : best;
}

function rank(prefix: string): number {
  return prefix === 'ROOT' ? 0 : prefix.length;
}

/** GetAccountSetting REGISTRY_POLICY_SCOPE: which actions a registry policy governs. */
export function policyScope(raw: unknown): 'V1' | 'V2' {
  return enumAt(objectOf(raw, 'the answer'), 'value', ['V1', 'V2']);
}

export interface SigningRule {
  readonly profile: string;
  /** Wildcards; empty: every repository. */
  readonly filters: readonly string[];
}

/** GetSigningConfiguration. Null: managed signing is off. */
export function signingRules(raw: unknown): SigningRule[] {
  if (raw === null) return [];
  const configuration = objectAt(objectOf(raw, 'the answer'), 'signingConfiguration');
  return objectsAt(configuration, 'rules').map((rule) => ({
    profile: stringAt(rule, 'signingProfileArn'),
    filters: maybeObjects(rule, 'repositoryFilters').map((filter) => {
      enumAt(filter, 'filterType', ['WILDCARD_MATCH']);
      return stringAt(filter, 'filter');
    }),
  }));
}

export function signingProfilesOf(rules: readonly SigningRule[], repository: string): string[] {
  return rules
    .filter(
      ({ filters }) =>
        filters.length === 0 || filters.some((filter) => matches(filter, repository)),
    )
    .map(({ profile }) => profile);
}

/** GetSigningProfile: whether it can sign. Empty: it can; else why not. */
export function signingProfileTrouble(raw: unknown): string {
  const profile = objectOf(raw, 'the answer');
  const status = enumAt(profile, 'status', ['Active', 'Canceled', 'Revoked']);
  if (status !== 'Active') return `the signing profile is ${status.toLowerCase()}`;
  const platform = stringAt(profile, 'platformId');
  return platform === 'Notation-OCI-SHA384-ECDSA'
    ? ''
    : `the signing profile is for ${platform}, not for images`;
}
