import type { RestCall, RestReply, Route } from '../rest.ts';
import type { Estate } from './estate.ts';
import { refusal } from './replies.ts';

/**
 * The distribution API of an instance, as far as clients without credentials see it: Harbor asks everybody to sign
 * in, and a cache before it may hand out what it fetched with credentials of its own.
 */
export function distributionRoutes({ leaks = [] }: Estate): readonly Route[] {
  const manifest = (call: RestCall): RestReply => {
    const { repository, reference } = call.params;
    if (!leaks.includes(`${repository}:${reference}`)) return signIn(call);
    return { headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' } };
  };
  return [
    { name: 'ping', method: 'GET', path: '/v2/', answer: signIn },
    { name: 'catalog', method: 'GET', path: '/v2/_catalog', answer: signIn },
    {
      name: 'token',
      method: 'GET',
      path: '/service/token',
      answer: () => ({ json: { token: 'e30.eyJhY2Nlc3MiOltdfQ.c2ln', expires_in: 1800 } }),
    },
    {
      name: 'manifest',
      method: 'HEAD',
      path: '/v2/{repository+}/manifests/{reference}',
      answer: manifest,
    },
  ];
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
