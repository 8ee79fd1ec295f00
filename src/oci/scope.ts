import type { HttpRequest } from '../http/http.ts';

/**
 * The scope that a request to the distribution API needs (distribution, Token Scope Documentation):
 * to pull the repository of its path, or to list all; null: none.
 */
export function scopeOf({ path }: HttpRequest): string | null {
  const [bare = ''] = path.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/, 1);
  const start = bare.indexOf('/v2/');
  if (start === -1) return null;
  const segments = bare.slice(start + '/v2/'.length).split('/');
  if (segments.join('/') === '_catalog') return 'registry:catalog:*';
  // `<name>/tags/list`, `<name>/manifests/<reference>`: the name may have such a segment itself.
  const name = segments.slice(0, -2);
  const about = segments.at(-2) ?? '';
  if (name.length === 0 || !['tags', 'manifests', 'referrers', 'blobs'].includes(about))
    return null;
  return `repository:${name.map(decodeURIComponent).join('/')}:pull`;
}
