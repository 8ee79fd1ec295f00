import { DecodeError } from '../decode/fields.ts';
import { HttpError } from '../http/http.ts';

/** The path below the base under which a repository's manifests, tags and referrers are. */
export function repositoryPath(repository: string): string {
  const segments = repository.split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) {
    throw new HttpError('undecodable', 'the name of the repository is not one');
  }
  return `/v2/${segments.map(encodeURIComponent).join('/')}`;
}

/** A digest that may become part of a path. Throws `DecodeError` for anything else. */
export function checkedDigest(text: string): string {
  if (/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text)) return text;
  throw new DecodeError('a digest is neither sha256 nor sha512');
}
