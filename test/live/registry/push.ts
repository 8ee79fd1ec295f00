import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { tlsFile } from './start.ts';

/** Writes into a registry of a test. The product itself cannot: it knows GET, HEAD and POST of reads. */
export interface Pusher {
  /** Puts a manifest under a tag or, without one, under its digest, which it returns. */
  readonly manifest: (repository: string, manifest: Manifest, tag?: string) => Promise<string>;
  /** A layer with that content, as a descriptor. */
  readonly layer: (
    repository: string,
    mediaType: string,
    content: object,
    annotations?: object,
  ) => Promise<object>;
  /** A small image with one empty layer; returns its digest. */
  readonly image: (repository: string, tag: string, more?: object) => Promise<string>;
  readonly close: () => Promise<void>;
}

export type Manifest = { readonly mediaType: string } & Readonly<Record<string, unknown>>;

export const imageType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';
export const emptyType = 'application/vnd.oci.empty.v1+json';

/** In: the registry's address, and what stands in `authorization` of each write. */
export function pusher(
  base: string,
  authorization: (repository: string) => string | undefined = () => undefined,
): Pusher {
  const dispatcher = new Agent({ connect: { ca: readFileSync(tlsFile('ca.test-only.pem')) } });

  const write = async (
    method: 'POST' | 'PUT',
    url: string,
    repository: string,
    body = '',
    type = 'application/octet-stream',
  ) => {
    const credential = authorization(repository);
    const answer = await request(new URL(url, base), {
      dispatcher,
      method,
      body,
      headers: {
        'content-type': type,
        ...(credential === undefined ? {} : { authorization: credential }),
      },
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${text}`);
    return answer.headers;
  };

  const blob = async (repository: string, content: string) => {
    const digest = digestOf(content);
    const { location } = await write('POST', `/v2/${repository}/blobs/uploads/`, repository);
    const url = new URL(String(location), base);
    url.searchParams.set('digest', digest);
    await write('PUT', url.href, repository, content);
    return { digest, size: content.length };
  };

  const manifest = async (repository: string, body: Manifest, tag?: string) => {
    const text = JSON.stringify(body);
    const digest = digestOf(text);
    const url = `/v2/${repository}/manifests/${tag ?? digest}`;
    await write('PUT', url, repository, text, body.mediaType);
    return digest;
  };

  const image = async (repository: string, tag: string, more = {}) => {
    const config = { mediaType: emptyType, ...(await blob(repository, '{}')) };
    const layers = [{ mediaType: 'application/octet-stream', ...(await blob(repository, tag)) }];
    const body = { schemaVersion: 2, mediaType: imageType, config, layers, ...more };
    return manifest(repository, body, tag === '' ? undefined : tag);
  };

  const layer = async (
    repository: string,
    mediaType: string,
    content: object,
    annotations = {},
  ) => ({
    mediaType,
    ...(await blob(repository, JSON.stringify(content))),
    annotations,
  });

  return { manifest, layer, image, close: () => dispatcher.close() };
}

function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
