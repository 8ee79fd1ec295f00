import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { digestOf, loginServerOf } from './arm-routes.ts';
import type { Estate, EstateImage, EstateRegistry, EstateRepository } from './estate.ts';

/*
 * What registries and key vaults answer by themselves. Each host's paths are below its name.
 */

const registryToken = 'entra https://containerregistry.azure.net/.default';
const vaultToken = 'entra https://vault.azure.net/.default';

export function dataRoutes(estate: Estate): readonly Route[] {
  const metadata = (
    name: string,
    path: string,
    answer: (of: Held, call: RestCall) => RestReply,
  ): Route => ({
    name,
    method: 'GET',
    path: `/{host}/acr/v1/${path}`,
    answer: (call) => answer(repositoryAt(estate, call, 'metadata_read'), call),
  });
  return [
    {
      name: 'Keys_Get',
      method: 'GET',
      path: '/{host}/keys/{key+}',
      answer: (call) => {
        if (call.headers['authorization'] !== `Bearer ${vaultToken}`) throw unauthorized(call);
        const { host, key } = call.params;
        const attributes = estate.keys?.[`${host}/keys/${key}`];
        if (attributes === undefined) {
          return { status: 404, json: { error: { code: 'KeyNotFound', message: 'not found' } } };
        }
        return { json: { key: { kid: `https://${host}/keys/${key}`, kty: 'RSA' }, attributes } };
      },
    },
    {
      name: 'Oauth2_Exchange',
      method: 'POST',
      path: '/{host}/oauth2/exchange',
      answer: (call) => {
        const form = new URLSearchParams(call.body);
        registryAt(estate, call);
        if (
          form.get('access_token') !== registryToken ||
          form.get('service') !== call.params['host']
        ) {
          throw unauthorized(call);
        }
        return { json: { refresh_token: `refresh-${call.params['host']}` } };
      },
    },
    {
      name: 'Oauth2_Token',
      method: 'POST',
      path: '/{host}/oauth2/token',
      answer: (call) => {
        const form = new URLSearchParams(call.body);
        if (form.get('refresh_token') !== `refresh-${call.params['host']}`)
          throw unauthorized(call);
        const scopes = (form.get('scope') ?? '').split(' ');
        const granted = isAbac(registryAt(estate, call))
          ? scopes.filter((scope) => !scope.startsWith('repository:*'))
          : scopes;
        return { json: { access_token: Buffer.from(granted.join(' ')).toString('base64url') } };
      },
    },
    {
      name: 'Catalog_List',
      method: 'GET',
      path: '/{host}/acr/v1/_catalog',
      answer: (call) => {
        const registry = registryAt(estate, call);
        if (!tokenOf(call).includes('registry:catalog:*')) throw unauthorized(call);
        const names = Object.keys(registry.repositories ?? {});
        const { page, headers } = pageOf(names, (name) => name, call, estate.pageSize);
        return { json: { repositories: page.length === 0 ? null : page }, headers };
      },
    },
    metadata('Tags_List', '{name+}/_tags', ({ registry, repository, name }, call) => {
      const tags = tagsOf(repository);
      const { page, headers } = pageOf(tags, (tag) => tag.name, call, estate.pageSize);
      return { json: { registry, imageName: name, tags: page }, headers };
    }),
    metadata('Manifests_List', '{name+}/_manifests', ({ registry, repository, name }) => ({
      json: {
        registry,
        imageName: name,
        manifests: (repository.images ?? []).map((image) => ({
          digest: digestOf(image.name),
          createdTime: image.pushedAt,
          lastUpdateTime: image.pushedAt,
          mediaType: image.mediaType ?? 'application/vnd.oci.image.manifest.v1+json',
          ...(image.tags === undefined ? {} : { tags: image.tags }),
          changeableAttributes: attributes(image.locked === true),
        })),
      },
    })),
    metadata('Repository_GetProperties', '{name+}', ({ registry, repository, name }) => ({
      json: {
        registry,
        imageName: name,
        createdTime: '2024-01-01T00:00:00Z',
        lastUpdateTime: '2024-01-01T00:00:00Z',
        manifestCount: repository.images?.length ?? 0,
        tagCount: tagsOf(repository).length,
        changeableAttributes: attributes(repository.locked === true),
      },
    })),
    {
      name: 'Referrers_List',
      method: 'GET',
      path: '/{host}/v2/{name+}/referrers/{digest}',
      answer: (call) => {
        const { repository } = repositoryAt(estate, call, 'pull');
        const image = repository.images?.find(
          ({ name }) => digestOf(name) === call.params['digest'],
        );
        return {
          headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' },
          json: {
            schemaVersion: 2,
            mediaType: 'application/vnd.oci.image.index.v1+json',
            manifests: (image?.referrers ?? []).map((artifactType) => ({
              mediaType: 'application/vnd.oci.image.manifest.v1+json',
              digest: digestOf(`${image?.name} ${artifactType}`),
              size: 500,
              artifactType,
            })),
          },
        };
      },
    },
  ];
}

interface Held {
  readonly registry: string;
  readonly name: string;
  readonly repository: EstateRepository;
}

function registryAt({ subscriptions }: Estate, call: RestCall): EstateRegistry {
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

function repositoryAt(estate: Estate, call: RestCall, right: 'metadata_read' | 'pull'): Held {
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

/** The scopes of the token that a call brings; none without one. */
function tokenOf({ headers }: RestCall): readonly string[] {
  const [, token = ''] = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '') ?? [];
  return Buffer.from(token, 'base64url').toString('utf8').split(' ');
}

function isAbac({ properties }: EstateRegistry): boolean {
  return properties['roleAssignmentMode'] === 'AbacRepositoryPermissions';
}

/** Tags of images, and those by which cosign files signatures. */
function tagsOf({ images = [] }: EstateRepository) {
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

function attributes(locked: boolean): object {
  return { deleteEnabled: !locked, writeEnabled: !locked, readEnabled: true, listEnabled: true };
}

/** A page after `last`, and the relative link to the next one. */
function pageOf<T>(
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

/** Says where tokens are to be had: at the registry itself, or for a vault at Entra. */
function unauthorized({ params, headers }: RestCall): Refused {
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

/** How registries word the refusals that a fault may bring about. */
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
