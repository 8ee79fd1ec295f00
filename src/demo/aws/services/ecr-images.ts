import { createHash } from 'node:crypto';
import { contentAt } from '../../stored-content.ts';
import { AwsError } from '../aws-error.ts';
import type { EstateImage } from '../estate.ts';
import { type Handlers, type Place, textOf } from '../handler.ts';
import { ecrPaging, page } from '../page.ts';
import type { Input } from '../request.ts';
import { asked, named } from './ecr-repositories.ts';

/** Amazon ECR API reference: the images of a repository, their scans and signatures. */
export const ecrImages: Handlers = {
  'ecr:DescribeImages': (input, place) => {
    const { name, repository } = asked(input, place);
    const { entries, next } = page(input, repository.images ?? [], ecrPaging, place.estate);
    return {
      imageDetails: entries.map((image) => ({ ...named(name, place), ...row(image) })),
      nextToken: next,
    };
  },
  'ecr:BatchGetImage': (input, place) => {
    const { name, repository } = asked(input, place);
    const [imageId = {}] = objectsOf(input['imageIds']);
    const image = repository.images?.find(
      (one) =>
        row(one).imageDigest === imageId['imageDigest'] ||
        row(one).imageTags?.includes(String(imageId['imageTag'])),
    );
    if (image?.manifest === undefined) {
      const failureReason = 'Requested image not found';
      return { images: [], failures: [{ imageId, failureCode: 'ImageNotFound', failureReason }] };
    }
    const found = { ...named(name, place), imageId, imageManifest: image.manifest };
    return { images: [found], failures: [] };
  },
  'ecr:GetDownloadUrlForLayer': (input, place) => {
    const { repository } = asked(input, place);
    const layerDigest = textOf(input, 'layerDigest');
    if (contentAt(repository.layers, layerDigest) === null)
      throw new AwsError('LayersNotFoundException', `The layer '${layerDigest}' does not exist`);
    return { downloadUrl: `${place.host}/layers/${layerDigest}`, layerDigest };
  },
  'ecr:DescribeImageScanFindings': (input, place) => {
    const { name, image } = askedImage(input, place);
    const imageId = { imageDigest: digestOf(image.name) };
    if (image.scan === undefined) {
      throw new AwsError(
        'ScanNotFoundException',
        `Image scan does not exist for the image with '${JSON.stringify(imageId)}' in the repository with name '${name}'`,
      );
    }
    return { ...named(name, place), imageId, ...scanOf(image, image.scan, place) };
  },
  'ecr:DescribeImageSigningStatus': (input, place) => {
    const { name, image } = askedImage(input, place);
    const imageId = { imageDigest: digestOf(image.name) };
    return { ...named(name, place), imageId, signingStatuses: image.signing ?? [] };
  },
};

/** The digest of an image of that name, or with that manifest. */
export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

const manifest = 'application/vnd.oci.image.manifest.v1+json';
const config = 'application/vnd.oci.image.config.v1+json';
type Types = { readonly imageManifestMediaType: string; readonly artifactMediaType?: string };

/** The media types of each kind of image in listings (OCI image specification; cosign and Notation). */
const types: Readonly<Record<NonNullable<EstateImage['kind']>, Types>> = {
  image: { imageManifestMediaType: manifest, artifactMediaType: config },
  'docker-image': {
    imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    artifactMediaType: 'application/vnd.docker.container.image.v1+json',
  },
  index: { imageManifestMediaType: 'application/vnd.oci.image.index.v1+json' },
  'notation-signature': ofType('application/vnd.cncf.notary.signature'),
  'cosign-signature': { imageManifestMediaType: manifest, artifactMediaType: config },
  'cosign-attestation': { imageManifestMediaType: manifest, artifactMediaType: config },
  'sigstore-bundle': ofType('application/vnd.dev.sigstore.bundle.v0.3+json'),
  spdx: ofType('application/spdx+json'),
  'unheard-of': ofType('application/vnd.example.unheard-of'),
  'helm-chart': ofType('application/vnd.cncf.helm.config.v1+json'),
  'build-cache': ofType('application/vnd.buildkit.cacheconfig.v0'),
};

function ofType(artifactMediaType: string): Types {
  return { imageManifestMediaType: manifest, artifactMediaType };
}

/** Kinds that are attached to an image by a tag from its digest, not by `subject`. */
const tagSuffixes: Readonly<Record<string, string>> = {
  'cosign-signature': '.sig',
  'cosign-attestation': '.att',
};

function row(image: EstateImage) {
  const kind = image.kind ?? 'image';
  const subject = image.of === undefined ? undefined : digestOf(image.of);
  const suffix = tagSuffixes[kind];
  const bound =
    suffix === undefined
      ? { imageTags: image.tags, subjectManifestDigest: subject }
      : { imageTags: [`${subject?.replace(':', '-')}${suffix}`] };
  return {
    imageDigest: digestOf(image.manifest ?? image.name),
    imageSizeInBytes: 48_211_334,
    imagePushedAt: image.pushedAt,
    ...types[kind],
    ...bound,
    imageStatus: 'ACTIVE',
  };
}

function objectsOf(value: unknown): readonly Input[] {
  return Array.isArray(value) ? value.map((one) => ({ ...one })) : [];
}

function askedImage(input: Input, place: Place) {
  const { name, repository } = asked(input, place);
  const imageId = input['imageId'];
  const ids = typeof imageId === 'object' && imageId !== null ? Object.entries(imageId) : [];
  const digest = textOf(Object.fromEntries(ids), 'imageDigest');
  const image = repository.images?.find((candidate) => digestOf(candidate.name) === digest);
  if (image !== undefined && image.deleted !== true) return { name, image };
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${digest}'} does not exist within the repository with name '${name}'`,
  );
}

/** The scan of an image. Basic scanning completes, enhanced scanning stays active; other states have no counts. */
function scanOf(image: EstateImage, scan: NonNullable<EstateImage['scan']>, { here }: Place) {
  if (typeof scan === 'string') return { imageScanStatus: { status: scan } };
  const enhanced = here.registry?.scanning?.scanType === 'ENHANCED';
  const findings = {
    imageScanCompletedAt: image.scannedAt ?? image.pushedAt,
    vulnerabilitySourceUpdatedAt: image.scannedAt ?? image.pushedAt,
    findingSeverityCounts: scan,
  };
  return {
    imageScanStatus: { status: enhanced ? 'ACTIVE' : 'COMPLETE' },
    imageScanFindings: enhanced ? { ...findings, enhancedFindings: [] } : findings,
  };
}
