import type { Location } from 'sarif';
import { safeText } from '../safe-text.ts';

interface Place {
  readonly provider: string;
  readonly registry: string;
  /** Null: the registry itself. */
  readonly repository: string | null;
  readonly subject: string;
}

/**
 * In: a registry or repository. Out: where a result about it is. There is no file, so the path is a
 * virtual one, unique to the resource and the same in every run: GitHub refuses a result without a
 * path, GitLab takes two results of a rule on one path and line for the same finding.
 */
export function locationOf({ provider, registry, repository, subject }: Place): Location {
  return {
    physicalLocation: {
      artifactLocation: {
        uri: uriOf({ provider, registry, repository }),
        uriBaseId: '%SRCROOT%',
      },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    },
    logicalLocations: [
      {
        name: safeText(repository ?? registry, 255),
        fullyQualifiedName: subject,
        kind: 'resource',
      },
    ],
  };
}

/** The virtual path alone, relative and without `./`. */
export function uriOf({ provider, registry, repository }: Omit<Place, 'subject'>): string {
  const path = [
    registryPath(provider, registry),
    ...(repository === null ? [] : [encode(repository)]),
  ];
  return `registries/${path.join('/')}`;
}

/** `ecr://123456789012/eu-west-1` → `ecr/123456789012/eu-west-1` */
export function registryPath(provider: string, registry: string): string {
  const prefix = `${provider}://`;
  const address = registry.startsWith(prefix) ? registry.slice(prefix.length) : registry;
  return `${encode(provider)}/${encode(address)}`;
}

function encode(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** `~` is never left by the encoding, so it can mark what a reader of URIs would take out. */
function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') return `~${segment}`;
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
