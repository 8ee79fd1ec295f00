import type { HttpRequest } from '../http/http.ts';

/**
 * The token scope of a request to the distribution API (distribution, Token Scope Documentation): pull for
 * the repository in its path, or the catalog; null: none.
 */
export function scopeOf({ path }: HttpRequest): string | null {
  const [bare = ''] = path.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/, 1);
  const start = bare.indexOf('/v2/');
  if (start === -1) return null;
  const segments = bare.slice(start + '/v2/'.length).split('/');
  if (segments.join('/') === '_catalog') return 'registry:catalog:*';
  // `<name>/tags/list`, `<name>/manifests/<reference>`: the name itself may have such a segment.
  const name = segments.slice(0, -2);
  const about = segments.at(-2) ?? '';
  if (name.length === 0 || !['tags', 'manifests', 'referrers', 'blobs'].includes(about))
    return null;
  return `repository:${name.map(decodeURIComponent).join('/')}:pull`;
}
