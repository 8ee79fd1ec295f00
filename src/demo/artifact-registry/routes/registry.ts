import type { RestCall, Route } from '../../rest.ts';
import type { Estate, EstateImage } from '../estate.ts';
import { digestOf, type Holdings, imageUri, policyOf } from '../holdings.ts';

/** Some of the locations that Google offers; those of the estate are among them. */
const offered = ['asia', 'europe', 'europe-west1', 'europe-west4', 'us', 'us-central1', 'us-east1'];

const repositoryPath = '/v1/projects/{project}/locations/{location}/repositories/{repository}';

/** Artifact Registry, and the search for its repositories in Cloud Asset Inventory. */
export function registryRoutes(held: Holdings): readonly Route[] {
  const { estate, using, repository, page } = held;
  return [
    {
      name: 'GetRepositoryIamPolicy',
      method: 'GET',
      path: `${repositoryPath}:getIamPolicy`,
      answer: (call) => ({ json: policyOf(repository(call).policy) }),
    },
    {
      name: 'ListDockerImages',
      method: 'GET',
      path: `${repositoryPath}/dockerImages`,
      answer: (call) => ({
        json: page(
          call,
          (repository(call).images ?? []).map((one) => imageOf(call, one)),
          'dockerImages',
        ),
      }),
    },
    {
      name: 'ListAttachments',
      method: 'GET',
      path: `${repositoryPath}/attachments`,
      answer: (call) => ({ json: page(call, attachmentsOf(held, call), 'attachments') }),
    },
    {
      name: 'ListRepositories',
      method: 'GET',
      path: '/v1/projects/{project}/locations/{location}/repositories',
      answer: (call) => {
        const { location = '' } = call.params;
        const here = Object.entries(using('artifactregistry', call).locations[location] ?? {});
        const entries = here.map(([name, { settings }]) => ({
          name: `${placeOf(call)}/repositories/${name}`,
          ...settings,
        }));
        return { json: page(call, entries, 'repositories') };
      },
    },
    {
      name: 'GetRepository',
      method: 'GET',
      path: repositoryPath,
      answer: (call) => {
        using('artifactregistry', call);
        const name = `${placeOf(call)}/repositories/${call.params['repository']}`;
        return { json: { name, ...repository(call).settings } };
      },
    },
    {
      name: 'GetVpcscConfig',
      method: 'GET',
      path: '/v1/projects/{project}/locations/{location}/vpcscConfig',
      answer: (call) => {
        const { vpcscPolicy = 'DENY' } = using('artifactregistry', call);
        const word = numeric(call) ? (words[vpcscPolicy] ?? vpcscPolicy) : vpcscPolicy;
        return { json: { name: `${placeOf(call)}/vpcscConfig`, vpcscPolicy: word } };
      },
    },
    {
      name: 'ListLocations',
      method: 'GET',
      path: '/v1/projects/{project}/locations',
      answer: (call) => {
        const own = Object.keys(using('artifactregistry', call).locations);
        const all = [...new Set([...offered, ...own])].sort();
        const entries = all.map((locationId) => ({
          name: `projects/${call.params['project']}/locations/${locationId}`,
          locationId,
        }));
        return { json: page(call, entries, 'locations') };
      },
    },
    {
      name: 'SearchAllResources',
      method: 'GET',
      path: '/v1/{kind}/{scope}:searchAllResources',
      answer: (call) => ({ json: page(call, assets(estate, call), 'results') }),
    },
  ];
}

function placeOf({ params }: RestCall): string {
  return `projects/${params['project']}/locations/${params['location']}`;
}

/** Whether enum values are numbers, as the vendor's client requests. */
function numeric({ query }: RestCall): boolean {
  return (query.get('$alt') ?? '').includes('enum-encoding=int');
}

const words: Readonly<Record<string | number, number>> = {
  VPCSC_POLICY_UNSPECIFIED: 0,
  DENY: 1,
  ALLOW: 2,
};

const ociManifest = 'application/vnd.oci.image.manifest.v1+json';

export function imageOf({ params }: Pick<RestCall, 'params'>, one: EstateImage): object {
  const { image, name, tags, uploadedAt, mediaType = ociManifest, artifactType, manifests } = one;
  const { project, location, repository } = params;
  const id = `${image}@${digestOf(name)}`;
  return {
    name: `projects/${project}/locations/${location}/repositories/${repository}/dockerImages/${id}`,
    uri: imageUri(params, one),
    ...(tags === undefined ? {} : { tags }),
    uploadTime: uploadedAt,
    updateTime: uploadedAt,
    mediaType,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(manifests === undefined ? {} : { imageManifests: manifests }),
  };
}

function attachmentsOf({ repository }: Holdings, call: RestCall): readonly object[] {
  const { images = [], attachments = [] } = repository(call);
  const path = `${placeOf(call)}/repositories/${call.params['repository']}`;
  const version = (name: string) => {
    const image = images.find((one) => one.name === name)?.image ?? name;
    return `${path}/packages/${encodeURIComponent(image)}/versions/${digestOf(name)}`;
  };
  return attachments.map(({ type, of, stored }, index) => ({
    name: `${path}/attachments/attachment-${index}`,
    target: version(of),
    type,
    attachmentNamespace: 'docker.io',
    files: [`${path}/files/${digestOf(`${of} ${type}`)}`],
    ...(stored === undefined ? {} : { ociVersionName: version(stored) }),
  }));
}

/** Repositories of a project, or of all below a folder or the organisation. */
function assets({ projects, organization }: Estate, { params }: RestCall): readonly object[] {
  const { kind, scope = '' } = params;
  const below = Object.entries(projects).filter(([id, project]) => {
    if (kind === 'projects') return id === scope;
    if (kind === 'folders') return project.folders?.includes(scope) === true;
    return organization?.id === scope && project.outsideOrganization !== true;
  });
  return below.flatMap(([id, { number, locations }]) =>
    Object.entries(locations).flatMap(([location, repositories]) =>
      Object.keys(repositories).map((name) => ({
        name: `//artifactregistry.googleapis.com/projects/${id}/locations/${location}/repositories/${name}`,
        assetType: 'artifactregistry.googleapis.com/Repository',
        project: `projects/${number}`,
        location,
      })),
    ),
  );
}
