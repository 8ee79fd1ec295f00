import { objectOf } from '../../../decode/fields.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../http/http.ts';
import { manifestText } from '../decode/manifest.ts';
import { tag } from '../decode/tags.ts';
import type { OperationName } from '../operations.ts';

export interface OciClientInput {
  readonly api: Pick<HttpClient, 'send'>;
  readonly registry: Pick<HttpClient, 'send'>;
  readonly namespace: string;
  readonly repository: string;
}

/**
 * The distribution API of one repository, manifests read by Quay's own API: at the distribution API that
 * counts as a pull and is logged as one, and here it does not. Referrers and blobs are not logged there.
 */
export function ociClient({
  api,
  registry,
  namespace,
  repository,
}: OciClientInput): Pick<HttpClient, 'send'> {
  const below = `/api/v1/repository/${[namespace, ...repository.split('/')].map(encodeURIComponent).join('/')}`;

  const ask = (request: HttpRequest, operation: OperationName, path: string, query = {}) =>
    api.send({ ...request, method: 'GET', operation, path: `${below}${path}`, query, headers: {} });

  const digestOf = async (request: HttpRequest, name: string) => {
    const query = { specificTag: name, onlyActiveTags: 'true' };
    const answer = await ask(request, 'listRepoTags', '/tag/', query);
    const { tags } = objectOf(answer.json(), 'the tags');
    if (!Array.isArray(tags)) throw new Error('tags is not a list');
    const found = tags.map(tag).find((one) => one.name === name);
    return found === undefined ? null : found.digest;
  };

  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    const [, reference] = /\/manifests\/([^/]+)$/.exec(request.path) ?? [];
    if (reference === undefined) {
      // Quay knows the path: that nothing is there is no answer of its, but of somebody before it.
      const { expected: _, ...asked } = request;
      return registry.send(asked);
    }
    const named = decodeURIComponent(reference);
    const digest = named.startsWith('sha256:') ? named : await digestOf(request, named);
    if (digest === null) return none(request);
    const answer = await ask(request, 'getRepoManifest', `/manifest/${digest}`);
    if (answer.status === 404) return none(request);
    const bytes = Buffer.from(manifestText(answer.json(), digest));
    const text = bytes.toString();
    const json = () => JSON.parse(text) as unknown;
    return { status: 200, url: answer.url, headers: {}, bytes, text, json };
  };
  return { send };
}

function none({ path }: HttpRequest): HttpAnswer {
  return {
    status: 404,
    url: path,
    headers: {},
    bytes: new Uint8Array(),
    text: '',
    json: () => null,
  };
}
