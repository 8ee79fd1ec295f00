import type { RestReply, Route } from '../rest.ts';
import type { Estate, Fields } from './estate.ts';

type Image = NonNullable<Estate['images']>[string][number];
type May = (call: Parameters<Route['answer']>[0], wanted: string) => boolean;

/** Tags as components, and what refers to an image as the distribution API lists it. */
export function imageRoutes(
  estate: Estate,
  may: May,
  page: (query: URLSearchParams, all: readonly Fields[]) => RestReply,
): readonly Route[] {
  const formatOf = (repository: string) =>
    estate.repositories.find(({ name }) => name === repository)?.['format'];
  return [
    {
      name: 'listComponents',
      method: 'GET',
      path: '/service/rest/v1/components',
      answer: (call) => {
        const repository = call.query.get('repository') ?? '';
        const wanted = `nexus:repository-view:${formatOf(repository)}:${repository}:browse`;
        const images = may(call, wanted) ? (estate.images?.[repository] ?? []) : [];
        return page(
          call.query,
          images.map((image) => componentOf(image, repository)),
        );
      },
    },
    {
      name: 'listReferrers',
      method: 'GET',
      path: '/repository/{repository}/v2/{image+}/referrers/{digest}',
      answer: (call) => {
        const { repository = '', image = '', digest = '' } = call.params;
        const wanted = `nexus:repository-view:${formatOf(repository)}:${repository}:read`;
        if (!may(call, wanted)) return { status: 403, text: '' };
        const found = (estate.images?.[repository] ?? []).find(
          (one) => one.name === image && `sha256:${one.digest}` === digest,
        );
        const mediaType = 'application/vnd.oci.image.index.v1+json';
        return {
          headers: { 'content-type': mediaType },
          json: { schemaVersion: 2, mediaType, manifests: found?.referrers ?? [] },
        };
      },
    },
  ];
}

function componentOf({ name, tag, digest, pushed }: Image, repository: string): Fields {
  const path = `v2/${name}/manifests/${tag}`;
  return {
    id: `${repository}/${path}`,
    repository,
    format: 'docker',
    group: null,
    name,
    version: tag,
    assets: [
      {
        path,
        contentType: 'application/vnd.oci.image.manifest.v1+json',
        checksum: { sha256: digest },
        lastModified: pushed,
        lastDownloaded: null,
      },
    ],
  };
}
