import { createHash } from 'node:crypto';
import type { OciRegistry } from '../../../src/oci/registry.ts';
import { answer, clientFor, type Served, serve } from '../../http/support/serve.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
export const hex = (digit: string) => digit.repeat(64);
export const digest = `sha256:${hex('1')}`;
export const other = `sha256:${hex('2')}`;

/** The digest of content; an object is sent as JSON. */
export function digestOf(content: object | Buffer): string {
  return `sha256:${createHash('sha256').update(bytesOf(content)).digest('hex')}`;
}

function bytesOf(content: object | Buffer): Buffer {
  return Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
}

/**
 * By path below `/v2/team/app/`: what is answered. A number is a refusal, text that begins with `http` is
 * where it redirects to; what is not here is 404.
 */
export type Answers = Readonly<
  Record<
    string,
    number | string | Buffer | object | readonly [body: unknown, headers: Record<string, string>]
  >
>;

/** Content under the path by which it is asked for: `manifests/sha256:…` or `blobs/sha256:…`. */
export const manifests = (...all: object[]): Answers =>
  Object.fromEntries(all.map((one) => [`manifests/${digestOf(one)}`, one]));
export const blobs = (...all: (object | Buffer)[]): Answers =>
  Object.fromEntries(all.map((one) => [`blobs/${digestOf(one)}`, bytesOf(one)]));

export interface Registry extends Served {
  readonly registry: OciRegistry;
  /** `GET referrers/…`, in order. */
  readonly asked: () => readonly string[];
}

/** A registry on loopback that answers as the table says. */
export async function registry(
  answers: Answers,
  more: Partial<Omit<OciRegistry, 'client'>> = {},
): Promise<Registry> {
  const prefix = '/v2/team/app/';
  const served = await serve((request, response) => {
    const found = answers[request.url?.slice(prefix.length) ?? ''];
    if (found === undefined) answer(response, 404, '404 page not found\n');
    else if (typeof found === 'number') answer(response, found, { errors: [] });
    else if (typeof found === 'string') response.writeHead(303, { location: found }).end();
    else if (Buffer.isBuffer(found)) answer(response, 200, found);
    else if (Array.isArray(found)) answer(response, 200, found[0], found[1]);
    else {
      const type = 'manifests' in found ? indexType : manifestType;
      answer(response, 200, found, { 'content-type': type });
    }
  });
  const client = clientFor(served.base);
  const operations = {
    referrers: 'listReferrers',
    tag: 'headManifest',
    manifest: 'getManifest',
    blob: 'getBlob',
  };
  return {
    ...served,
    registry: { client, operations, referrers: 'api', mayGetManifest: false, ...more },
    asked: () => served.seen.map(({ method, url }) => `${method} ${url?.slice(prefix.length)}`),
  };
}

export const index = (...entries: object[]) => ({
  schemaVersion: 2,
  mediaType: indexType,
  manifests: entries,
});

export const descriptor = (artifactType: string | null, annotations?: object, of = other) => ({
  mediaType: manifestType,
  digest: of,
  size: 7,
  ...(artifactType === null ? {} : { artifactType }),
  ...(annotations === undefined ? {} : { annotations }),
});

export const notation = 'application/vnd.cncf.notary.signature';
export const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const predicate = (type: string) => ({ 'dev.sigstore.bundle.predicateType': type });
export const signing = predicate('https://sigstore.dev/cosign/sign/v1');

/** A layer with that content. */
export const layer = (mediaType: string, content: object | Buffer, annotations = {}) => ({
  mediaType,
  digest: digestOf(content),
  size: bytesOf(content).length,
  annotations,
});

/** A manifest with these layers; `more`: further fields. */
export const manifest = (layers: readonly object[], more: object = {}) => ({
  schemaVersion: 2,
  mediaType: manifestType,
  config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: other, size: 2 },
  layers,
  ...more,
});

/** A manifest that refers to `digest`, as cosign 3 and oras write it. */
export const referrer = (
  artifactType: string,
  layers: readonly object[] = [],
  { annotations = {}, subject = digest }: { annotations?: object; subject?: string | null } = {},
) =>
  manifest(layers, {
    artifactType,
    annotations,
    ...(subject === null ? {} : { subject: { mediaType: manifestType, digest: subject, size: 7 } }),
  });
