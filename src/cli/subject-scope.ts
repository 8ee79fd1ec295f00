import { providerOf } from '../config/schema.ts';
import type { AnyCheck } from '../engine/check.ts';
import type { Scope } from '../model/exception.ts';
import { UsageError } from '../model/usage-error.ts';

/** Parts of an address that a registry may lack, or that are one of its repositories. */
const optional = /^(?:REPOSITORY|PACKAGE|SUBGROUP|CONTEXT)/;

/** What an address begins with that stands for many registries: `organization`, `management-group`. */
const several = /^[a-z][a-z-]*$/;

/**
 * Cuts a subject, as reports name it, into registry and repository. `addresses`: the forms of its provider. A
 * scope holds wherever the cut is (`policy/scope.ts`), so it is at the shortest registry that the provider
 * has. `whole`: the registry may stand for all its repositories. Throws `UsageError` for a subject of another
 * kind than the check's.
 */
export function scopeOf(
  subject: string,
  check: Pick<AnyCheck, 'id' | 'subject'>,
  { addresses, whole }: { readonly addresses: readonly string[]; readonly whole: boolean },
): Scope & { readonly registry: string } {
  const id = providerOf(subject);
  const given = partsOf(subject);
  if (given.length === 0 || given.includes(''))
    throw new UsageError(`"${subject}" names no registry`, `write ${id}://… as reports do`);
  const [shortest, longest] = lengthsOf(addresses);
  const length = check.subject === 'registry' ? longest : shortest;
  const registry = `${id}://${given.slice(0, length).join('/')}`;
  const repository = given.slice(length).join('/');
  if (registry.includes('*'))
    throw new UsageError(`"${subject}" names no registry; * can only match repositories`);
  if (check.subject === 'registry') {
    if (repository === '') return { registry };
    throw new UsageError(`${check.id} evaluates registries, and ${subject} is a repository`);
  }
  if (repository !== '') return { registry, repository };
  if (whole) return { registry };
  throw new UsageError(
    `${check.id} evaluates repositories, and ${subject} is a registry`,
    `name one, or ${subject}/* for all of them`,
  );
}

/** How many parts the names of a provider's registries have. */
function lengthsOf(addresses: readonly string[]): [shortest: number, longest: number] {
  const forms = addresses
    .map(partsOf)
    .filter(([first = '']) => !several.test(first))
    .map((parts) => parts.map((part) => part.replace(/\W/g, '')));
  const longest = Math.max(...forms.map((form) => form.length));
  // A project comes first in Google's addresses, and is a repository in GitLab's.
  const own = (part: string, at: number) =>
    !optional.test(part) && !(at > 0 && part.startsWith('PROJECT'));
  return [Math.max(1, ...forms.map((form) => form.filter(own).length)), longest];
}

function partsOf(address: string): readonly string[] {
  return address.split('://')[1]?.split('/') ?? [];
}
