import type { Scope } from '../model/exception.ts';
import { matches } from '../model/wildcard.ts';

/** The subject of a finding, a snapshot line or a baseline entry. */
export interface Place {
  readonly registry: string;
  readonly repository: string | null;
}

/** Formats the subject as reports do. */
export function subjectOf({ registry, repository }: Place): string {
  return repository === null ? registry : `${registry}/${repository}`;
}

/** The only subject that a scope without wildcards can match; null: it may match several. */
export function literalSubject({ registry, repository }: Scope): string | null {
  if (registry === undefined || repository === undefined) return null;
  const subject = `${registry}/${repository}`;
  return subject.includes('*') ? null : subject;
}

/**
 * Whether the scope matches the subject. A registry without a wildcard and a repository match as one joined
 * name, so that it does not matter where the subject was split.
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

/** Whether the scope can match a subject of this registry. */
export function reaches({ registry, repository }: Scope, id: string): boolean {
  if (registry === undefined) return true;
  if (registry.includes('*') || repository === undefined) return matches(registry, id);
  return `${registry}/`.startsWith(`${id}/`) || `${id}/`.startsWith(`${registry}/`);
}

/** Whether the pattern matches any text: only stars, or absent. */
export function isOpen(pattern: string | undefined): boolean {
  return pattern === undefined || /^\*+$/.test(pattern);
}

/** Formats the scope for a sentence. */
export function describeScope({ registry, repository }: Scope): string {
  const where = isOpen(registry) ? 'every registry' : registry;
  if (repository === undefined) return where ?? 'every registry';
  if (isOpen(registry)) return `${repository} in ${where}`;
  return `${registry}/${repository}`;
}
