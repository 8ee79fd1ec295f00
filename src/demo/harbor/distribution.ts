import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { contentAt } from '../stored-content.ts';
import { accessoryDigest } from './artifacts.ts';
import type { Estate, Project } from './estate.ts';
import { refusal } from './replies.ts';

/**
 * The distribution API of an instance: Harbor asks everybody to sign in, and a cache before it may hand out what
 * it fetched with credentials of its own. `basic`: the credentials of the caller.
 */
export function distributionRoutes(
  { leaks = [], projects }: Estate,
  basic: string,
): readonly Route[] {
  const head = (call: RestCall): RestReply => {
    const { repository, reference } = call.params;
    if (!leaks.includes(`${repository}:${reference}`)) return signIn(call);
    return { headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' } };
  };
  const opened = (call: RestCall): Project => {
    const { repository = '' } = call.params;
    const project = projects[repository.split('/')[0] ?? ''];
    if (call.headers['authorization'] !== `Bearer ${tokenFor(`repository:${repository}:pull`)}`)
      throw new Refused(signIn(call));
    if (project === undefined) throw new Refused(absent);
    return project;
  };
  return [
    { name: 'ping', method: 'GET', path: '/v2/', answer: signIn },
    { name: 'catalog', method: 'GET', path: '/v2/_catalog', answer: signIn },
    {
      name: 'getToken',
      method: 'GET',
      path: '/service/token',
      // Whoever does not sign in gets a token too, which opens nothing.
      answer: ({ headers, query }) => {
        const scope = headers['authorization'] === basic ? (query.get('scope') ?? '') : '';
        return { json: { token: tokenFor(scope), expires_in: 1800 } };
      },
    },
    {
      name: 'manifest',
      method: 'HEAD',
      path: '/v2/{repository+}/manifests/{reference}',
      answer: head,
    },
    {
      name: 'getManifest',
      method: 'GET',
      path: '/v2/{repository+}/manifests/{reference}',
      answer: (call) => manifest(opened(call), call),
    },
    {
      name: 'getManifest',
      method: 'GET',
      path: '/v2/{repository+}/blobs/{digest}',
      answer: (call) => contentAt(opened(call).layers, call.params['digest'] ?? '') ?? absent,
    },
  ];
}

const absent = refusal(404, 'NOT_FOUND', 'artifact not found');

/** The manifest of an accessory. */
function manifest({ artifacts = [] }: Project, { params }: RestCall): RestReply {
  const found = artifacts
    .flatMap(({ accessories = [] }) => accessories)
    .find((one) => accessoryDigest(one) === params['reference']);
  if (found?.bytes === undefined) return absent;
  const headers = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' };
  return { headers, text: found.bytes };
}

/** A token that says what it opens, as far as clients look. */
function tokenFor(scope: string): string {
  const [type, name, action] = scope.split(':');
  const access = scope === '' ? [] : [{ type, name, actions: [action] }];
  return `e30.${Buffer.from(JSON.stringify({ access })).toString('base64url')}.c2ln`;
}

function signIn({ headers }: RestCall): RestReply {
  const realm = `http://${headers['host']}/service/token`;
  const { json } = refusal(401, 'UNAUTHORIZED', 'unauthorized to access repository');
  return {
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="${realm}",service="harbor-registry"` },
    json,
  };
}
