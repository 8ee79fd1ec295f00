import type { Scope } from '../model/exception.ts';
import { matches } from '../model/wildcard.ts';

/** What a finding, a reading or an entry is about. */
export interface Place {
  readonly registry: string;
  readonly repository: string | null;
}

/** The subject as reports name it. */
export function subjectOf({ registry, repository }: Place): string {
  return repository === null ? registry : `${registry}/${repository}`;
}

/** The one subject a scope can mean when it holds no wildcard; null: it may mean several. */
export function literalSubject({ registry, repository }: Scope): string | null {
  if (registry === undefined || repository === undefined) return null;
  const subject = `${registry}/${repository}`;
  return subject.includes('*') ? null : subject;
}

/**
 * Does the scope hold this subject? A registry without wildcard and a repository are read as one
 * name, so that it does not matter where between them a subject was cut in two.
 */
export function holds({ registry, repository }: Scope, place: Place): boolean {
  if (registry === undefined || registry.includes('*')) {
    if (registry !== undefined && !matches(registry, place.registry)) return false;
    if (repository === undefined) return true;
    return place.repository !== null && matches(repository, place.repository);
  }
  if (repository === undefined) return registry === place.registry;
  return matches(`${registry}/${repository}`, subjectOf(place));
}

/** May the scope hold anything of this registry? */
export function reaches({ registry, repository }: Scope, id: string): boolean {
  if (registry === undefined) return true;
  if (registry.includes('*') || repository === undefined) return matches(registry, id);
  return `${registry}/`.startsWith(`${id}/`) || `${id}/`.startsWith(`${registry}/`);
}

/** Any text at all: nothing but stars, or not given. */
export function isOpen(pattern: string | undefined): boolean {
  return pattern === undefined || /^\*+$/.test(pattern);
}

/** The scope in words, for sentences. */
export function inWords({ registry, repository }: Scope): string {
  const where = isOpen(registry) ? 'every registry' : registry;
  if (repository === undefined) return where ?? 'every registry';
  if (isOpen(registry)) return `${repository} in ${where}`;
  return `${registry}/${repository}`;
}
