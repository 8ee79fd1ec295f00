import type { Estate } from '../../../src/demo/artifact-registry/estate.ts';
import { imageUri } from '../../../src/demo/artifact-registry/holdings.ts';
import type { WireRequest } from '../../../src/demo/wire-server.ts';
import type { Api } from './discovery.ts';

/** A call, and the message that the vendor says answers it. */
export interface DescribedCall {
  readonly api: Api;
  readonly response: string;
  readonly request: WireRequest;
}

/** Every call to a described API that makes sense for an estate. */
export function everyCall({ projects }: Estate): readonly DescribedCall[] {
  return Object.entries(projects).flatMap(([project, { locations }]) => {
    const path = `/v1/projects/${project}`;
    const places = Object.entries(locations).flatMap(([location, repositories]) => {
      const place = `${path}/locations/${location}`;
      return [
        call('artifactregistry', 'ListRepositoriesResponse', `${place}/repositories`),
        call('artifactregistry', 'VPCSCConfig', `${place}/vpcscConfig`),
        ...Object.entries(repositories).flatMap(([repository, { images = [] }]) => {
          const one = `${place}/repositories/${repository}`;
          const urls = images.map(
            (image) =>
              `resourceUrl="https://${imageUri({ project, location, repository }, image)}"`,
          );
          const filter = `(kind="DISCOVERY" OR kind="ATTESTATION" OR kind="BUILD" OR kind="SBOM_REFERENCE") AND (${urls.join(' OR ')})`;
          return [
            call('artifactregistry', 'Repository', one),
            call('artifactregistry', 'Policy', `${one}:getIamPolicy`),
            call('artifactregistry', 'ListDockerImagesResponse', `${one}/dockerImages`),
            call('artifactregistry', 'ListAttachmentsResponse', `${one}/attachments`),
            call('containeranalysis', 'ListOccurrencesResponse', `${path}/occurrences`, { filter }),
            call(
              'containeranalysis',
              'VulnerabilityOccurrencesSummary',
              `${path}/occurrences:vulnerabilitySummary`,
              { filter },
            ),
          ];
        }),
      ];
    });
    return [
      call('artifactregistry', 'ListLocationsResponse', `${path}/locations`),
      call('binaryauthorization', 'Policy', `${path}/policy`),
      call('binaryauthorization', 'ListAttestorsResponse', `${path}/attestors`),
      ...places,
    ];
  });
}

function call(
  api: Api,
  response: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): DescribedCall {
  const headers = { authorization: 'Bearer demo-access-token' };
  const search = new URLSearchParams({ pageSize: '1000', ...query });
  return { api, response, request: { method: 'GET', path, query: search, headers, body: '' } };
}
