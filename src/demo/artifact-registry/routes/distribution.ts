import { Refused, type RestCall, type RestReply, type Route } from '../../rest.ts';
import { contentAt } from '../../stored-content.ts';
import type { EstateRepository } from '../estate.ts';
import { digestOf, type Holdings } from '../holdings.ts';

const index = 'application/vnd.oci.image.index.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** The distribution API of all locations, as far as it serves what hangs on images. */
export function distributionRoutes({ estate }: Holdings): readonly Route[] {
  const path = '/v2/{project}/{repository}/{image+}';
  const opened = ({ params }: RestCall): EstateRepository => {
    const { project = '', repository = '' } = params;
    for (const here of Object.values(estate.projects[project]?.locations ?? {})) {
      const found = here[repository];
      if (found !== undefined) return found;
    }
    throw new Refused(absent);
  };
  const named = (what: string, answer: (held: EstateRepository, call: RestCall) => RestReply) => ({
    name: 'GetManifest',
    method: 'GET' as const,
    path: `${path}/${what}/{reference}`,
    answer: (call: RestCall) => answer(opened(call), call),
  });
  return [
    named('referrers', referrers),
    named('manifests', manifest),
    named(
      'blobs',
      ({ layers }, { params }) => contentAt(layers, params['reference'] ?? '') ?? absent,
    ),
  ];
}

const absent: RestReply = {
  status: 404,
  json: { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] },
};

function referrers({ filed = [] }: EstateRepository, { params }: RestCall): RestReply {
  const manifests = filed
    .filter(({ of }) => digestOf(of) === params['reference'])
    .map((one) => ({
      mediaType: manifestType,
      digest: digestOf(one.manifest),
      size: Buffer.byteLength(one.manifest),
      artifactType: JSON.parse(one.manifest).config.mediaType,
    }));
  return {
    headers: { 'content-type': index },
    json: { schemaVersion: 2, mediaType: index, manifests },
  };
}

function manifest({ filed = [] }: EstateRepository, { params }: RestCall): RestReply {
  const found = filed.find((one) => digestOf(one.manifest) === params['reference']);
  if (found === undefined) return absent;
  return { headers: { 'content-type': manifestType }, text: found.manifest };
}
