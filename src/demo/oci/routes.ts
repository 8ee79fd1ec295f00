import type { RestCall, RestReply, Route } from '../rest.ts';
import { contentAt } from '../stored-content.ts';
import { admit, issueToken, refusal, version } from './access.ts';
import { storedIn } from './content.ts';
import type { OciEstate, OciRepository } from './estate.ts';

const isSignedIn = ({ headers }: Pick<RestCall, 'headers'>) =>
  headers['authorization'] !== undefined;
const isAnonymous = (request: Pick<RestCall, 'headers'>) => !isSignedIn(request);

/** The distribution API of a registry, each operation called as the adapter calls it. */
export function routesOf(estate: OciEstate): readonly Route[] {
  const of = '/v2/{repository+}';
  const pull = (call: RestCall) =>
    admit(call, estate, `repository:${call.params['repository']}:pull`);
  const manifest = (call: RestCall): RestReply => {
    pull(call);
    const { repository = '', reference = '' } = call.params;
    return contentIn(estate, repository, reference, 'MANIFEST_UNKNOWN');
  };
  const uploads = (call: RestCall): RestReply => {
    admit(call, estate, '');
    const allow = estate.readOnly ? 'GET, HEAD' : 'DELETE, GET, HEAD, PATCH, POST, PUT';
    return { headers: { ...version, allow } };
  };
  const ping = (call: RestCall): RestReply => {
    admit(call, estate, '');
    return { headers: version, text: estate.product === 'zot' ? '' : '{}' };
  };
  const routes = [
    { name: 'ping', path: '/v2/', only: isAnonymous, answer: ping },
    { name: 'signIn', path: '/v2/', only: isSignedIn, answer: ping },
    {
      name: 'anonymousCatalog',
      path: '/v2/_catalog',
      only: ({ query }) => query.get('n') === '3',
      answer: (call) => catalog(call, estate),
    },
    {
      name: 'listRepositories',
      path: '/v2/_catalog',
      answer: (call) => catalog(call, estate),
    },
    {
      name: 'discoverExtensions',
      path: '/v2/_oci/ext/discover',
      answer: () => extensions(estate),
    },
    {
      name: 'listTags',
      path: `${of}/tags/list`,
      answer: (call) => {
        pull(call);
        return tags(call, estate);
      },
    },
    { name: 'getManifest', path: `${of}/manifests/{reference}`, answer: manifest },
    {
      name: 'getBlob',
      path: `${of}/blobs/{reference}`,
      answer: (call) => {
        pull(call);
        const { repository = '', reference = '' } = call.params;
        return contentIn(estate, repository, reference, 'BLOB_UNKNOWN');
      },
    },
    {
      // No release of Distribution has the referrers API.
      name: 'listReferrers',
      path: `${of}/referrers/{digest}`,
      answer: () => routerHasNone,
    },
    {
      name: 'getToken',
      path: '/token',
      only: isSignedIn,
      answer: (call) => issueToken(call, estate),
    },
    {
      name: 'anonymousToken',
      path: '/token',
      only: isAnonymous,
      answer: (call) => issueToken(call, estate),
    },
  ] as const satisfies readonly Omit<Route, 'method'>[];
  return [
    ...routes.map((route): Route => ({ ...route, method: 'GET' })),
    {
      name: 'anonymousPull',
      method: 'HEAD',
      path: `${of}/manifests/{reference}`,
      answer: manifest,
    },
    {
      name: 'anonymousUploadMethods',
      method: 'OPTIONS',
      path: `${of}/blobs/uploads/`,
      only: isAnonymous,
      answer: uploads,
    },
    {
      name: 'uploadMethods',
      method: 'OPTIONS',
      path: `${of}/blobs/uploads/`,
      only: isSignedIn,
      answer: uploads,
    },
  ];
}

/** What Go's router answers for a route that there is not, whoever asks. */
export const routerHasNone: RestReply = {
  status: 404,
  headers: { ...version, 'content-type': 'text/plain; charset=utf-8' },
  text: '404 page not found\n',
};

function extensions({ product }: OciEstate): RestReply {
  if (product !== 'zot') return routerHasNone;
  return {
    json: {
      extensions: [{ name: '_zot', url: '', description: '', endpoints: ['/v2/_zot/ext/search'] }],
    },
  };
}

function catalog(call: RestCall, estate: OciEstate): RestReply {
  admit(call, estate, 'registry:catalog:*');
  if (estate.catalog === 'off') {
    return refusal(404, 'UNSUPPORTED', 'The operation is unsupported.');
  }
  const names = estate.catalog === 'empty' ? [] : Object.keys(estate.repositories).sort();
  const size = Math.min(Number(call.query.get('n')), estate.pageSize ?? 100);
  const last = call.query.get('last');
  const rest = last === null ? names : names.filter((name) => name > last);
  const page = rest.slice(0, size);
  const more = rest.length > size ? page.at(-1) : undefined;
  const link =
    more === undefined
      ? {}
      : { link: `</v2/_catalog?last=${encodeURIComponent(more)}&n=${size}>; rel="next"` };
  return { headers: { ...version, ...link }, json: { repositories: page } };
}

function tags({ params }: RestCall, estate: OciEstate): RestReply {
  const { repository: name = '' } = params;
  const repository = repositoryIn(estate, name);
  if (repository === null) {
    return refusal(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  }
  const all = storedIn(repository).flatMap(({ tag }) => (tag === undefined ? [] : [tag]));
  return { headers: version, json: { name, tags: all.length === 0 ? null : all } };
}

function contentIn(estate: OciEstate, name: string, reference: string, missing: string): RestReply {
  const repository = repositoryIn(estate, name);
  const found = repository === null ? null : contentAt(storedIn(repository), reference);
  if (found?.text === undefined) return refusal(404, missing, 'unknown to registry');
  // As JSON, so that faults reach its fields; it is stored as JSON writes it, byte for byte.
  const { text, ...reply } = found;
  return { ...reply, json: JSON.parse(text) };
}

function repositoryIn({ repositories }: OciEstate, name: string): OciRepository | null {
  return (Object.hasOwn(repositories, name) ? repositories[name] : null) ?? null;
}
