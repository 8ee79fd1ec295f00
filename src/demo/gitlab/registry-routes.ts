import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { contentAt } from '../stored-content.ts';
import type { Estate } from './estate.ts';
import { repositoryBy } from './holdings.ts';
import { demoToken, digestOf } from './replies.ts';

const service = 'container_registry';

/** The registry and its token service. It has no referrers API yet. */
export function registryRoutes(estate: Estate): Route[] {
  const manifest = '/v2/{repository+}/manifests/{reference}';
  return [
    {
      name: 'getRegistryToken',
      method: 'GET',
      path: '/jwt/auth',
      answer: (call) => token(estate, call),
    },
    { name: 'getManifest', method: 'HEAD', path: manifest, answer: (call) => stored(estate, call) },
    { name: 'getManifest', method: 'GET', path: manifest, answer: (call) => stored(estate, call) },
    {
      name: 'getManifest',
      method: 'GET',
      path: '/v2/{repository+}/blobs/{reference}',
      answer: (call) => stored(estate, call),
    },
    {
      name: 'listReferrers',
      method: 'GET',
      path: '/v2/{repository+}/referrers/{reference}',
      answer: (call) => {
        opened(estate, call);
        return {
          status: 404,
          headers: { 'content-type': 'text/plain' },
          text: '404 page not found\n',
        };
      },
    },
  ];
}

/** As the registry words its refusals (OCI Distribution, error codes). */
export function registryRefusal(status: number, code: string, message: string): RestReply {
  return { status, json: { errors: [{ code, message, detail: null }] } };
}

/** A token is a scope in base64: GitLab grants what the caller may, and says nothing of the rest. */
function token(estate: Estate, { headers, query }: RestCall): RestReply {
  const given = Buffer.from((headers['authorization'] ?? '').replace('Basic ', ''), 'base64');
  const [, password] = given.toString().split(':');
  if (password !== (estate.token ?? demoToken)) {
    return registryRefusal(401, 'UNAUTHORIZED', 'HTTP Basic: Access denied');
  }
  const scopes = estate.scopes ?? ['read_registry'];
  const scope =
    scopes.includes('read_registry') || scopes.includes('api') ? query.get('scope') : '';
  return { json: { token: Buffer.from(`demo ${scope ?? ''}`).toString('base64url') } };
}

function opened(estate: Estate, { headers, params }: RestCall) {
  const path = params['repository'] ?? '';
  const scope = `repository:${path}:pull`;
  const wanted = Buffer.from(`demo ${scope}`).toString('base64url');
  const found = repositoryBy(estate, path);
  if (headers['authorization'] === `Bearer ${wanted}` && found !== undefined) return found;
  const realm = `http://${headers['host']}/jwt/auth`;
  throw new Refused({
    ...registryRefusal(401, 'UNAUTHORIZED', 'authentication required'),
    headers: {
      'www-authenticate': `Bearer realm="${realm}",service="${service}",scope="${scope}"`,
    },
  });
}

function stored(estate: Estate, call: RestCall): RestReply {
  const { stored: content, tags = [] } = opened(estate, call);
  const reference = call.params['reference'] ?? '';
  const found = contentAt(content, reference);
  if (found !== null) return found;
  const tag = tags.find(({ name, image }) => name === reference || digestOf(image) === reference);
  if (tag === undefined) return registryRefusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  return {
    headers: {
      'content-type': 'application/vnd.oci.image.manifest.v1+json',
      'docker-content-digest': digestOf(tag.image),
    },
  };
}
