import { DecodeError, objectOf, objectsAt, stringAt } from '../../../decode/fields.ts';
import { type HttpAnswer, HttpError } from '../../../http/http.ts';
import { jsonOf } from '../../../http/json.ts';
import { manifestTypes } from '../../../oci/manifests.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { Learnt } from '../../facts.ts';
import type { EcrApi } from './api.ts';
import type { Layers } from './layers.ts';

export interface ContentSources {
  readonly api: EcrApi;
  readonly layers: Layers;
  readonly region: string;
  readonly repository: string;
}

/**
 * Reads manifests and blobs of one repository for whoever speaks the distribution API, by ECR's own: that
 * takes no token for pulling. Each answer rejects with `HttpError` if it could not be had.
 */
export function contentOf(sources: ContentSources): OciRegistry['client'] {
  return {
    send: async ({ path, largestBody }) => {
      const [, kind, reference = ''] = /\/(manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
      return kind === 'blobs'
        ? blob(sources, reference, largestBody)
        : manifest(sources, reference);
    },
  };
}

async function manifest(sources: ContentSources, reference: string): Promise<HttpAnswer> {
  const { api, region, repository } = sources;
  const asked = reference.includes(':') ? { imageDigest: reference } : { imageTag: reference };
  const input = {
    repositoryName: repository,
    imageIds: [asked],
    acceptedMediaTypes: manifestTypes.split(', '),
  };
  const text = had(await api.one('BatchGetImage', region, input, manifestIn));
  return answerOf(text);
}

/** The manifest; null: the image is gone. The answer tells for each image why it lacks. */
function manifestIn(raw: unknown): string | null {
  const answer = objectOf(raw, 'the answer');
  const [image] = objectsAt(answer, 'images');
  if (image !== undefined) return stringAt(image, 'imageManifest');
  const [failure] = objectsAt(answer, 'failures');
  if (failure === undefined) throw new DecodeError('the answer has neither image nor failure');
  const code = stringAt(failure, 'failureCode');
  if (code === 'ImageNotFound') return null;
  throw new DecodeError(`the manifest is not given: ${code.slice(0, 80)}`);
}

async function blob(
  { api, layers, region, repository }: ContentSources,
  digest: string,
  largestBody: number | undefined,
): Promise<HttpAnswer> {
  const input = { repositoryName: repository, layerDigest: digest };
  const url = had(
    await api.one('GetDownloadUrlForLayer', region, input, (raw) => {
      const said = stringAt(objectOf(raw, 'the answer'), 'downloadUrl');
      if (!URL.canParse(said)) throw new DecodeError('downloadUrl is no address');
      return said;
    }),
  );
  return layers.fetch(url, largestBody);
}

function had<T>(learnt: Learnt<T>): T {
  if (learnt.state === 'known') return learnt.value;
  const { operation, permission, detail = '' } = learnt.from;
  const grant = learnt.why === 'denied' && permission ? `, grant ${permission}` : '';
  throw new HttpError(learnt.why, `${operation}: ${detail}${grant}`);
}

function answerOf(manifest: string | null): HttpAnswer {
  const text = manifest === null ? '' : manifest;
  return {
    status: manifest === null ? 404 : 200,
    url: '',
    headers: {},
    bytes: Buffer.from(text),
    text,
    json: () => jsonOf(text),
  };
}
