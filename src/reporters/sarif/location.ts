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
 * The location of a result about a registry or repository. There is no file, so the path is virtual: unique
 * to the resource and stable across runs. GitHub rejects a result without a path; GitLab merges two results
 * of a rule on the same path and line.
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

/** The virtual path, relative and without `./`. */
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

/** The encoding never produces `~`, so it can mark segments that a URI reader would remove. */
function encodeSegment(segment: string): string {
  if (/^[A-Za-z0-9_-][\w.-]*$/.test(segment)) return segment;
  if (segment === '' || segment === '.' || segment === '..') return `~${segment}`;
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
