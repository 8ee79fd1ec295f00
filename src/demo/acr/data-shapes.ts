import { Refused, type RestCall, type RestReply } from '../rest.ts';
import { digestOf, loginServerOf } from './arm-shapes.ts';
import type { Estate, EstateImage, EstateRegistry, EstateRepository } from './estate.ts';

/*
 * Formats of the registry data plane: tokens, tags, pages and errors.
 */

export interface Held {
  readonly registry: string;
  readonly name: string;
  readonly repository: EstateRepository;
}

export function registryAt({ subscriptions }: Estate, call: RestCall): EstateRegistry {
  for (const { registries } of Object.values(subscriptions)) {
    for (const [path, registry] of Object.entries(registries)) {
      if (loginServerOf(path, registry).toLowerCase() === call.params['host']) return registry;
    }
  }
  throw new Refused({
    status: 404,
    json: { errors: [{ code: 'NAME_UNKNOWN', message: 'no such host' }] },
  });
}

export function repositoryAt(
  estate: Estate,
  call: RestCall,
  right: 'metadata_read' | 'pull',
): Held {
  const { host = '', name = '' } = call.params;
  const registry = registryAt(estate, call);
  const granted = tokenOf(call);
  if (
    ![`repository:*:${right}`, `repository:${name}:${right}`].some((scope) =>
      granted.includes(scope),
    )
  ) {
    throw unauthorized(call);
  }
  const repository = registry.repositories?.[name];
  if (repository !== undefined) return { registry: host, name, repository };
  throw new Refused({
    status: 404,
    json: { errors: [{ code: 'NAME_UNKNOWN', message: 'repository name not known to registry' }] },
  });
}

/** The scopes of the token of a call; none without a token. */
export function tokenOf({ headers }: RestCall): readonly string[] {
  const [, token = ''] = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '') ?? [];
  return Buffer.from(token, 'base64url').toString('utf8').split(' ');
}

export function isAbac({ properties }: EstateRegistry): boolean {
  return properties['roleAssignmentMode'] === 'AbacRepositoryPermissions';
}

/** The tags of images, and the signature tags of cosign. */
export function tagsOf({ images = [] }: EstateRepository) {
  return images.flatMap((image) => [
    ...(image.tags ?? []).map((name) => tagOf(name, digestOf(image.name), image)),
    ...(image.cosign ?? []).map((suffix) => {
      const name = `${digestOf(image.name).replace(':', '-')}.${suffix}`;
      return tagOf(name, digestOf(name), image);
    }),
  ]);
}

function tagOf(name: string, digest: string, { pushedAt, locked = false }: EstateImage) {
  return {
    name,
    digest,
    createdTime: pushedAt,
    lastUpdateTime: pushedAt,
    signed: false,
    changeableAttributes: attributes(locked),
  };
}

export function attributes(locked: boolean): object {
  return { deleteEnabled: !locked, writeEnabled: !locked, readEnabled: true, listEnabled: true };
}

/** A page after `last`, and the relative link to the next one. */
export function pageOf<T>(
  entries: readonly T[],
  nameOf: (entry: T) => string,
  { params, query }: RestCall,
  pageSize = Number.MAX_SAFE_INTEGER,
): { page: readonly T[]; headers: Record<string, string> } {
  const last = query.get('last');
  const start = last === null ? 0 : entries.findIndex((entry) => nameOf(entry) === last) + 1;
  const size = Math.min(Number(query.get('n') ?? 100), pageSize);
  const page = entries.slice(start, start + size);
  const final = page.at(-1);
  if (final === undefined || start + size >= entries.length) return { page, headers: {} };
  const more = new URLSearchParams({ ...Object.fromEntries(query), last: nameOf(final) });
  const path = params['name'] === undefined ? '_catalog' : `${params['name']}/_tags`;
  return {
    page,
    headers: { link: `</${params['host']}/acr/v1/${path}?${more}>; rel="next"` },
  };
}

/** The 401 response with the token service: the registry itself, or Entra for a vault. */
export function unauthorized({ params, headers }: RestCall): Refused {
  const { host } = params;
  return new Refused({
    status: 401,
    headers: {
      'www-authenticate': `Bearer realm="http://${headers['host']}/${host}/oauth2/token",service="${host}"`,
    },
    json: {
      errors: [
        {
          code: 'UNAUTHORIZED',
          message: 'authentication required, visit https://aka.ms/acr/authorization',
        },
      ],
    },
  });
}

/** The error responses of registries for injected faults. */
export const dataRefusals: Readonly<Record<'denied' | 'throttled' | 'not-implemented', RestReply>> =
  {
    denied: {
      status: 403,
      json: { errors: [{ code: 'DENIED', message: 'requested access to the resource is denied' }] },
    },
    throttled: {
      status: 429,
      headers: { 'retry-after': '1' },
      json: { errors: [{ code: 'TOOMANYREQUESTS', message: 'too many requests' }] },
    },
    'not-implemented': {
      status: 501,
      json: { errors: [{ code: 'UNSUPPORTED', message: 'the operation is unsupported' }] },
    },
  };
