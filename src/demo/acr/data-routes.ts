import type { RestCall, RestReply, Route } from '../rest.ts';
import { contentAt } from '../stored-content.ts';
import { digestOf } from './arm-shapes.ts';
import {
  attributes,
  type Held,
  isAbac,
  pageOf,
  registryAt,
  repositoryAt,
  tagsOf,
  tokenOf,
  unauthorized,
} from './data-shapes.ts';
import type { Estate } from './estate.ts';

/*
 * The data planes of registries and key vaults. The paths of each host are below its name.
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
  const pulled = (path: string): Route => ({
    name: 'Referrers_List',
    method: 'GET',
    path,
    answer: (call) => {
      const { repository } = repositoryAt(estate, call, 'pull');
      const missing = { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest is unknown' }] };
      return (
        contentAt(repository.stored, call.params['reference'] ?? '') ?? {
          status: 404,
          json: missing,
        }
      );
    },
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
          ...(image.configMediaType === undefined
            ? {}
            : { configMediaType: image.configMediaType }),
          ...(image.os === undefined ? {} : { os: image.os, architecture: 'amd64' }),
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
    pulled('/{host}/v2/{name+}/manifests/{reference}'),
    pulled('/{host}/v2/{name+}/blobs/{reference}'),
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
