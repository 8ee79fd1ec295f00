import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { storedTags } from './content.ts';
import type { Estate, Repository } from './estate.ts';
import { callerOf, demoToken, sees } from './rights.ts';

const index = 'application/vnd.oci.image.index.v1+json';

/** The distribution API and its token service. */
export function registryRoutes(estate: Estate, scheme: string): Route[] {
  return [
    { name: 'getToken', method: 'GET', path: '/v2/auth', answer: (call) => token(estate, call) },
    {
      name: 'listReferrers',
      method: 'GET',
      path: '/v2/{namespace}/{repository+}/referrers/{digest}',
      answer: (call) => referrers(opened(estate, scheme, call), call),
    },
    {
      name: 'getBlob',
      method: 'GET',
      path: '/v2/{namespace}/{repository+}/blobs/{digest}',
      answer: (call) => blob(opened(estate, scheme, call), call),
    },
  ];
}

export function refusal(status: number, code: string, message: string): RestReply {
  return { status, json: { errors: [{ code, detail: {}, message }] } };
}

/** Whoever may not pull gets a token too, which opens nothing. To ask for push would make repositories. */
function token(estate: Estate, { headers, query }: RestCall): RestReply {
  const pair = Buffer.from(`$oauthtoken:${demoToken}`).toString('base64');
  if (headers['authorization'] !== `Basic ${pair}` || estate.caller.token === 'expired') {
    return refusal(401, 'UNAUTHORIZED', 'OAuth access token could not be validated');
  }
  const [, path = '', actions = ''] = (query.get('scope') ?? '').split(':');
  if (actions !== 'pull') throw new Error(`asked for ${actions}, which is not for a reader`);
  const [namespace = '', ...rest] = path.split('/');
  const found = estate.namespaces[namespace];
  const one = found?.repositories[rest.join('/')];
  const caller = callerOf(estate, {
    path: '',
    params: {},
    query,
    body: '',
    headers: { authorization: `Bearer ${demoToken}` },
  });
  const may = found !== undefined && one !== undefined && sees(namespace, found, one, caller);
  const access = [{ type: 'repository', name: path, actions: may ? ['pull'] : [] }];
  return { json: { token: Buffer.from(JSON.stringify(access)).toString('base64url') } };
}

function opened(estate: Estate, scheme: string, { headers, params }: RestCall): Repository {
  const { namespace = '', repository = '' } = params;
  const one = estate.namespaces[namespace]?.repositories[repository];
  const access = [{ type: 'repository', name: `${namespace}/${repository}`, actions: ['pull'] }];
  const wanted = Buffer.from(JSON.stringify(access)).toString('base64url');
  const open = one?.public === true || headers['authorization'] === `Bearer ${wanted}`;
  if (one !== undefined && open) return one;
  const host = headers['host'];
  throw new Refused({
    ...refusal(401, 'UNAUTHORIZED', 'access to the requested resource is not authorized'),
    headers: {
      'www-authenticate': `Bearer realm="${scheme}://${host}/v2/auth",service="${host}",scope="repository:${namespace}/${repository}:pull"`,
    },
  });
}

function referrers(one: Repository, { params }: RestCall): RestReply {
  const all = storedTags(one);
  const digest = params['digest'];
  const known = all.some(({ manifest, platforms }) =>
    [manifest, ...platforms].some((stored) => stored.digest === digest),
  );
  if (!known) return refusal(400, 'MANIFEST_INVALID', 'manifest invalid');
  const found = new Map(
    all
      .filter(({ manifest }) => manifest.digest === digest)
      .flatMap((stored) => stored.referrers)
      .map((stored) => [stored.digest, stored]),
  );
  const manifests = [...found.values()].map(({ digest: of, mediaType, text }) => ({
    mediaType,
    digest: of,
    size: Buffer.byteLength(text),
    artifactType: (JSON.parse(text) as { artifactType: string }).artifactType,
  }));
  return {
    headers: { 'content-type': index },
    json: { schemaVersion: 2, mediaType: index, manifests },
  };
}

function blob(one: Repository, { params }: RestCall): RestReply {
  const found = storedTags(one)
    .flatMap(({ blobs }) => blobs)
    .find(({ digest }) => digest === params['digest']);
  return found === undefined
    ? refusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry')
    : { headers: { 'content-type': 'application/octet-stream' }, text: found.text };
}
