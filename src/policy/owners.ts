import type { Owned } from '../model/exception.ts';
import type { AnyFact, Unknown } from '../model/fact.ts';
import type { Labels } from '../model/labels.ts';
import type { OwnerOf } from '../model/policy.ts';
import { holds } from './scope.ts';

/** How the configuration names owners. */
export interface Ownership {
  readonly owners: readonly Owned[];
  /** The tag or label that names the owner; undefined: none. */
  readonly ownerTag: string | undefined;
}

/**
 * The last matching entry names the owner, as in CODEOWNERS; else the tag of the subject, else of its
 * registry. `onUnknown` learns of each subject without an owner whose tags are unknown.
 */
export function ownerBy(
  { owners, ownerTag }: Ownership,
  onUnknown: (tags: Unknown) => void = () => undefined,
): OwnerOf {
  const lastFirst = owners.toReversed();
  return (place, facts) => {
    const entry = lastFirst.find((scope) => holds(scope, place));
    if (entry !== undefined) return entry.owner;
    if (ownerTag === undefined) return null;
    const tags = facts.flatMap(({ labels }) => (labels === undefined ? [] : [labels]));
    const owner = tags.map((labels) => labelNamed(ownerTag, labels)).find((name) => name !== null);
    if (owner !== undefined) return owner;
    for (const labels of tags) if (labels.state === 'unknown') onUnknown(labels);
    return null;
  };
}

/** The value of a label; null: it is not set, empty or unknown. */
function labelNamed(name: string, labels: AnyFact): string | null {
  if (labels.state !== 'known' || !Array.isArray(labels.value)) return null;
  const label = (labels.value as Labels).find(({ key }) => key === name);
  return label === undefined || label.value === '' ? null : label.value;
}
