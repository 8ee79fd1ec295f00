import { DecodeError } from '../../../decode/fields.ts';

/**
 * A permission of Shiro as Nexus Repository stores it: parts between colons, each a set of words, `*` for any
 * (org.apache.shiro.authz.permission.WildcardPermission). Words are in lower case.
 */
export type Permission = readonly (readonly string[])[];

/** Stands in a wanted permission for "any one word": a grant of a single repository is enough. */
export const some = '?';

/** Parses `nexus:repository-view:docker:*:add,edit`. Throws `DecodeError` on an empty part. */
export function permissionOf(pattern: string): Permission {
  const parts = pattern
    .trim()
    .toLowerCase()
    .split(':')
    .map((part) => part.split(',').map((word) => word.trim()));
  if (parts.some((part) => part.some((word) => word === ''))) {
    throw new DecodeError(`"${pattern.slice(0, 60)}" is not a permission`);
  }
  return parts.map((part, index) => (index >= 2 ? part.map(actionName) : part));
}

/** Does a held permission imply the wanted one? Missing parts at the end of the held one mean any. */
export function implies(held: Permission, wanted: string): boolean {
  const asked = wanted
    .toLowerCase()
    .split(':')
    .map((word, index) => (index >= 2 ? actionName(word) : word));
  const each = held.slice(0, asked.length);
  const rest = held.slice(asked.length);
  return (
    each.every((part, index) => part.includes('*') || covers(part, asked[index])) &&
    rest.every((part) => part.includes('*'))
  );
}

function covers(part: readonly string[], word: string | undefined): boolean {
  return word === some || (word !== undefined && part.includes(word));
}

/** Application privileges say create and update where those of repositories say add and edit. */
function actionName(word: string): string {
  if (word === 'create') return 'add';
  return word === 'update' ? 'edit' : word;
}
