import {
  DecodeError,
  type JsonObject,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** An entry of listProjects; its settings are read one by one, so that one bad word blinds one fact. */
export interface Project {
  readonly id: number;
  readonly name: string;
  readonly raw: JsonObject;
}

export function project(raw: unknown): Project {
  const answer = objectOf(raw, 'a project');
  return { id: numberAt(answer, 'project_id'), name: stringAt(answer, 'name'), raw: answer };
}

/** The switches of a project: absent is off (src/pkg/project/models/project.go). */
type Switch = 'auto_scan' | 'prevent_vul' | 'enable_content_trust' | 'enable_content_trust_cosign';

export function switchOf({ raw }: Project, key: Switch): boolean {
  return onOrOff(objectAt(raw, 'metadata'), key) === true;
}

/** Whether everybody can pull. Harbor always sends it and checks the word, unlike the other settings. */
export function isPublic({ raw }: Project): boolean {
  const metadata = objectAt(raw, 'metadata');
  const word = stringAt(metadata, 'public');
  if (!/^(?:true|false|1|0)$/i.test(word)) {
    throw new DecodeError(`public is "${word.slice(0, 60)}", expected true or false`);
  }
  return onOrOff(metadata, 'public') === true;
}

/**
 * Settings of projects are words, stored as they were sent: `true` and `1` in any case are on, and every
 * other word is off (src/pkg/project/models/project.go, isTrue). Null: absent.
 */
function onOrOff(metadata: JsonObject, key: string): boolean | null {
  const word = metadata[key];
  if (word === undefined || word === null) return null;
  if (typeof word !== 'string') throw new DecodeError(`${key} is no text`);
  return word.toLowerCase() === 'true' || word === '1';
}

/** The list of vulnerabilities that is in force: absent means that of the whole instance. */
export function usesSystemAllowlist({ raw }: Project): boolean {
  return onOrOff(objectAt(raw, 'metadata'), 'reuse_sys_cve_allowlist') !== false;
}

export function ownAllowlist({ raw }: Project): JsonObject {
  return objectAt(raw, 'cve_allowlist');
}

/** Without one, and for every word that Harbor does not know, any finding is enough (vulnerable.go). */
const anyFinding = ['none', 'negligible', 'unknown'];
const severities = ['low', 'medium', 'high', 'critical'];

/** From which severity on images are refused. */
export function gateThreshold({ raw }: Project): string {
  const metadata = objectAt(raw, 'metadata');
  const severity = metadata['severity'] === '' ? null : maybeString(metadata, 'severity');
  if (severity === null || anyFinding.includes(severity)) return 'any finding';
  if (!severities.includes(severity)) {
    throw new DecodeError(
      `severity is "${severity.slice(0, 60)}", expected ${[...anyFinding, ...severities].join(' or ')}`,
    );
  }
  return severity === 'critical' ? 'critical' : `${severity} and above`;
}

/** The id of its retention policy; null: it has none. */
export function retentionId({ raw }: Project): string | null {
  return maybeString(objectAt(raw, 'metadata'), 'retention_id');
}

/** The registry that it caches; null: images are pushed here. */
export function upstreamId({ raw }: Project): number | null {
  const id = raw['registry_id'];
  if (id === undefined || id === null || id === 0) return null;
  const found = numberAt(raw, 'registry_id');
  if (found > 0) return found;
  throw new DecodeError(`registry_id is ${found}`);
}

/** Which repositories of its upstream a cache opens; null: all. */
export interface UpstreamFilter {
  readonly pattern: string;
  readonly kind: 'doublestar' | 'regex';
}
export function upstreamFilter({ raw }: Project): UpstreamFilter | null {
  const metadata = objectAt(raw, 'metadata');
  const pattern = metadata['proxy_cache_filter_pattern'];
  if (pattern === '' || pattern === undefined || pattern === null) return null;
  const kind =
    metadata['proxy_cache_filter_kind'] === ''
      ? null
      : maybeString(metadata, 'proxy_cache_filter_kind');
  if (kind !== null && kind !== 'doublestar' && kind !== 'regex') {
    throw new DecodeError(`proxy_cache_filter_kind is "${kind.slice(0, 60)}"`);
  }
  return {
    pattern: stringAt(metadata, 'proxy_cache_filter_pattern'),
    kind: kind === 'regex' ? 'regex' : 'doublestar',
  };
}
