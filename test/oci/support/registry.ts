import type { OciRegistry } from '../../../src/oci/attachments.ts';
import { answer, clientFor, type Served, serve } from '../../http/support/serve.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const hex = (digit: string) => digit.repeat(64);
export const digest = `sha256:${hex('1')}`;
export const other = `sha256:${hex('2')}`;

/** By path below `/v2/team/app/`: what is answered. A number is a refusal; what is not here is 404. */
export type Answers = Readonly<
  Record<string, number | object | readonly [body: unknown, headers: Record<string, string>]>
>;

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
    else if (Array.isArray(found)) answer(response, 200, found[0], found[1]);
    else answer(response, 200, found, { 'content-type': manifestType });
  });
  const client = clientFor(served.base);
  const operations = { referrers: 'listReferrers', tag: 'headManifest' };
  return {
    ...served,
    registry: { client, operations, referrers: 'api', mayGetManifest: false, ...more },
    asked: () => served.seen.map(({ method, url }) => `${method} ${url?.slice(prefix.length)}`),
  };
}

export const index = (...manifests: object[]) => ({ schemaVersion: 2, manifests });

export const descriptor = (artifactType: string | null, annotations?: object, of = other) => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: of,
  size: 7,
  ...(artifactType === null ? {} : { artifactType }),
  ...(annotations === undefined ? {} : { annotations }),
});

export const notation = 'application/vnd.cncf.notary.signature';
export const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const predicate = (type: string) => ({ 'dev.sigstore.bundle.predicateType': type });
export const signing = predicate('https://sigstore.dev/cosign/sign/v1');

/** A manifest that refers to `digest`, as cosign 3 writes it. */
export const referrer = (
  artifactType: string,
  annotations = {},
  subject: string | null = digest,
) => ({
  schemaVersion: 2,
  artifactType,
  config: { mediaType: 'application/vnd.oci.empty.v1+json' },
  annotations,
  ...(subject === null ? {} : { subject: { digest: subject } }),
});
