import { DecodeError } from '../../../decode/fields.ts';

/** A name of the distribution API (OCI Distribution, Definitions: `<name>`). */
export function isRepositoryName(name: string): boolean {
  const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
  return name.length <= 255 && new RegExp(`^${part}(?:/${part})*$`).test(name);
}

/** Throws `DecodeError` for what is no name of a repository. */
export function repositoryName(raw: unknown): string {
  if (typeof raw === 'string' && isRepositoryName(raw)) return raw;
  throw new DecodeError('an entry of the catalog is no name of a repository');
}

/** Throws `DecodeError` for what is no tag. */
export function tagName(raw: unknown): string {
  if (typeof raw === 'string' && /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(raw)) return raw;
  throw new DecodeError('an entry of the tags is no tag');
}
