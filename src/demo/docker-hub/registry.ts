import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { contentAt } from '../stored-content.ts';
import { secrets } from './answering.ts';
import { digestOf } from './digest.ts';
import type { HubEstate, HubRepository } from './estate.ts';

const service = 'registry.docker.io';

/** The registry of Docker Hub and its token service. */
export function registryRoutes(estate: HubEstate): Route[] {
  const manifest = (call: RestCall) => head(call, estate);
  const path = '/v2/{repository+}/manifests/{reference}';
  return [
    {
      name: 'GetRegistryToken',
      method: 'GET',
      path: '/token',
      answer: (call) => token(call, estate),
    },
    { name: 'GetManifest', method: 'HEAD', path, answer: manifest },
    { name: 'GetManifest', method: 'GET', path, answer: (call) => content(call, estate) },
    {
      name: 'GetManifest',
      method: 'GET',
      path: '/v2/{repository+}/blobs/{reference}',
      answer: (call) => content(call, estate),
    },
    {
      name: 'ListReferrers',
      method: 'GET',
      path: '/v2/{repository+}/referrers/{digest}',
      answer: (call) => referrers(call, estate),
    },
  ];
}

/** An error in the format of the registry (OCI Distribution, error codes). */
export function registryRefusal(status: number, code: string, message: string): RestReply {
  return { status, json: { errors: [{ code, message, detail: null }] } };
}

/** Issues a token, which is the requested scope in base64; the registry checks it later. */
function token({ headers, query }: RestCall, { caller }: HubEstate): RestReply {
  const pair = `${caller.username}:${secrets[caller.credential]}`;
  if (headers['authorization'] !== `Basic ${Buffer.from(pair).toString('base64')}`) {
    return { status: 401, json: { details: 'incorrect username or password' } };
  }
  const scope = query.get('service') === service ? (query.get('scope') ?? '') : '';
  return { json: { token: Buffer.from(scope).toString('base64url'), expires_in: 300 } };
}

function opened({ headers, params }: RestCall, estate: HubEstate): HubRepository {
  const full = params['repository'] ?? '';
  const wanted = Buffer.from(`repository:${full}:pull`).toString('base64url');
  const name = full.startsWith(`${estate.namespace}/`)
    ? full.slice(estate.namespace.length + 1)
    : '';
  const found = Object.hasOwn(estate.repositories, name) ? estate.repositories[name] : undefined;
  if (headers['authorization'] === `Bearer ${wanted}` && found !== undefined) {
    return found;
  }
  const realm = `http://${headers['host']}/token`;
  throw new Refused({
    ...registryRefusal(401, 'UNAUTHORIZED', 'authentication required'),
    headers: {
      'www-authenticate': `Bearer realm="${realm}",service="${service}",scope="repository:${full}:pull"`,
    },
  });
}

function head(call: RestCall, estate: HubEstate): RestReply {
  const { images = [] } = opened(call, estate);
  const { reference = '' } = call.params;
  const found = images.some(
    ({ name, tags }) => tags.includes(reference) || digestOf(name) === reference,
  );
  if (!found) return registryRefusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  const limit: Record<string, string> =
    estate.pullsLeft === undefined
      ? {}
      : { 'ratelimit-limit': '200;w=21600', 'ratelimit-remaining': `${estate.pullsLeft};w=21600` };
  return { headers: { 'content-type': 'application/vnd.oci.image.index.v1+json', ...limit } };
}

/** A pull: a manifest, which counts, or a blob. */
function content(call: RestCall, estate: HubEstate): RestReply {
  const { stored } = opened(call, estate);
  return (
    contentAt(stored, call.params['reference'] ?? '') ??
    registryRefusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown')
  );
}

function referrers(call: RestCall, estate: HubEstate): RestReply {
  const { images = [] } = opened(call, estate);
  if (estate.referrersApi !== true) {
    return { status: 404, headers: { 'content-type': 'text/plain' }, text: '404 page not found\n' };
  }
  const image = images.find(({ name }) => digestOf(name) === call.params['digest']);
  const manifests = (image?.referrers ?? []).map(({ artifactType, annotations }) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: digestOf(`${image?.name} ${artifactType}`),
    size: 1024,
    artifactType,
    ...(annotations === undefined ? {} : { annotations }),
  }));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  return {
    headers: { 'content-type': mediaType },
    json: { schemaVersion: 2, mediaType, manifests },
  };
}
