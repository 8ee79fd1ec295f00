import { UsageError } from '../model/usage-error.ts';

/** An image as clients write it. */
export interface ImageReference {
  /** With the port, if one is given. */
  readonly host: string;
  readonly repository: string;
  /** A tag, or a digest. */
  readonly reference: string;
}

/** Where Docker Hub has the distribution API. */
const dockerHub = 'registry-1.docker.io';

const shape =
  /^(?:oci:\/\/)?((?:[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z0-9]|localhost)(?::\d+)?|[A-Za-z0-9-]+:\d+)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/**
 * Reads `HOST/REPOSITORY:TAG` or `HOST/REPOSITORY@DIGEST`; with both, the digest counts, as for clients. Throws
 * `UsageError` for anything else: a reference without host or tag would be read as another image by another
 * client. Names of Docker Hub are read as Docker reads them.
 */
export function imageReference(text: string): ImageReference {
  const [, host, repository, tag, digest] = shape.exec(text) ?? [];
  const reference = digest ?? tag;
  if (host !== undefined && repository !== undefined && reference !== undefined) {
    if (!/^(?:index\.)?docker\.io$/.test(host)) return { host, repository, reference };
    const whole = repository.includes('/') ? repository : `library/${repository}`;
    return { host: dockerHub, repository: whole, reference };
  }
  throw new UsageError(
    `"${text}" is not an image`,
    'write HOST/REPOSITORY:TAG or HOST/REPOSITORY@sha256:…, with the host',
  );
}
