import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { digestOf, storedOf } from './content.ts';
import type { GhcrEstate, GhcrPackage } from './estate.ts';
import { secretOf } from './replies.ts';

/** As the registry words its refusals (OCI Distribution, error codes). */
export function registryRefusal(status: number, code: string, message: string): RestReply {
  return { status, json: { errors: [{ code, message }] } };
}

/** ghcr.io and its token service, as far as signatures and manifests are read. */
export function registryRoutes(estate: GhcrEstate): Route[] {
  const path = '/v2/{repository+}/manifests/{reference}';
  return [
    {
      name: 'issueAnonymousToken',
      method: 'GET',
      path: '/token',
      answer: (call) => {
        const found = packageOf(repositoryIn(call.query.get('scope') ?? ''), estate);
        const open = found !== null && (found.strangerPulls ?? found.visibility === 'public');
        return open
          ? tokenFor(call)
          : registryRefusal(401, 'UNAUTHORIZED', 'authentication required');
      },
    },
    {
      name: 'issueRegistryToken',
      method: 'GET',
      path: '/authenticated/token',
      answer: (call) => {
        const password = secretOf('packages', estate.tokens.packages);
        const pair = Buffer.from(`x-access-token:${password}`).toString('base64');
        return call.headers['authorization'] === `Basic ${pair}`
          ? tokenFor(call)
          : registryRefusal(403, 'DENIED', 'denied');
      },
    },
    ...(['GET', 'HEAD'] as const).map((method) => ({
      name: 'getManifest',
      method,
      path,
      answer: (call: RestCall) => content(call, estate),
    })),
    {
      name: 'getManifest',
      method: 'GET',
      path: '/v2/{repository+}/blobs/{reference}',
      answer: (call) => content(call, estate),
    },
  ];
}

/** A token is a scope in base64: the registry gives one for what was asked, and then looks at it. */
function tokenFor({ query }: RestCall): RestReply {
  return { json: { token: Buffer.from(query.get('scope') ?? '').toString('base64url') } };
}

function repositoryIn(scope: string): string {
  return scope.split(':')[1] ?? '';
}

function packageOf(image: string, { owner, packages }: GhcrEstate): GhcrPackage | null {
  const start = `${owner.login.toLowerCase()}/`;
  const name = image.startsWith(start) ? image.slice(start.length) : '';
  return Object.hasOwn(packages, name) ? (packages[name] as GhcrPackage) : null;
}

function content({ headers, params }: RestCall, estate: GhcrEstate): RestReply {
  const { repository = '', reference = '' } = params;
  const found = packageOf(repository, estate);
  const scope = `repository:${repository}:pull`;
  const wanted = `Bearer ${Buffer.from(scope).toString('base64url')}`;
  if (headers['authorization'] !== wanted || found === null) {
    throw new Refused({
      ...registryRefusal(401, 'UNAUTHORIZED', 'authentication required'),
      headers: {
        'www-authenticate': `Bearer realm="http://${headers['host']}/authenticated/token",service="${headers['host']}",scope="${scope}"`,
      },
    });
  }
  const stored = storedOf(found).find(
    (one) => one.tags.includes(reference) || digestOf(one.content) === reference,
  );
  if (stored === undefined) return registryRefusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  return {
    headers: {
      'content-type': stored.mediaType,
      'docker-content-digest': digestOf(stored.content),
    },
    text: stored.content,
  };
}
