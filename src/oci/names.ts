import { DecodeError } from '../decode/fields.ts';
import { HttpError } from '../http/http.ts';

/** The path of a repository's manifests, tags and referrers, below the base. */
export function repositoryPath(repository: string): string {
  const segments = repository.split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) {
    throw new HttpError('undecodable', 'the name of the repository is invalid');
  }
  return `/v2/${segments.map(encodeURIComponent).join('/')}`;
}

/** Checks that a digest is safe in a path. Throws `DecodeError` otherwise. */
export function checkedDigest(text: string): string {
  if (/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text)) return text;
  throw new DecodeError('a digest is neither sha256 nor sha512');
}
