import type { Owned } from '../model/exception.ts';
import type { AnyFact } from '../model/fact.ts';
import type { OwnerOf } from '../model/policy.ts';
import { holds } from './scope.ts';

/** How the configuration names owners. */
export interface Ownership {
  readonly owners: readonly Owned[];
  /** The tag or label that names the owner; undefined: none. */
  readonly ownerTag: string | undefined;
}

/** The last matching entry names the owner, as in CODEOWNERS; else the tag of the subject, else of its registry. */
export function ownerBy({ owners, ownerTag }: Ownership): OwnerOf {
  const lastFirst = owners.toReversed();
  return (place, facts) => {
    const entry = lastFirst.find((scope) => holds(scope, place));
    if (entry !== undefined) return entry.owner;
    if (ownerTag === undefined) return null;
    for (const { labels } of facts) {
      const owner = labelNamed(ownerTag, labels);
      if (owner !== null) return owner;
    }
    return null;
  };
}

/** The value of a label; null: it is not set, empty or unknown. */
function labelNamed(name: string, labels: AnyFact | undefined): string | null {
  if (labels?.state !== 'known' || !Array.isArray(labels.value)) return null;
  const label = (labels.value as readonly Label[]).find(({ key }) => key === name);
  return label === undefined || label.value === '' ? null : label.value;
}

interface Label {
  readonly key: string;
  readonly value: string;
}
