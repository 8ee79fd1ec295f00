import {
  type JsonObject,
  maybeObject,
  maybeString,
  objectAt,
  stringAt,
} from '../../../decode/fields.ts';
import { nameOfId } from './words.ts';

/** Built-in policies and initiatives that look at image signatures when a cluster starts one. */
const signaturePolicies: readonly string[] = [
  // [Preview] Use Image Integrity to ensure only trusted images are deployed
  'cf426bb8-b320-4321-8545-1b784a5df3a4',
];

/** An assignment of a policy that verifies signatures. */
export interface SignaturePolicy {
  readonly name: string;
  /** Lower case; null: as the policy says by default. */
  readonly effect: string | null;
  readonly enforced: boolean;
}

/** The entries of PolicyAssignments_List that concern signatures. */
export function signaturePoliciesIn(entries: readonly JsonObject[]): readonly SignaturePolicy[] {
  return entries.flatMap((entry) => {
    const properties = objectAt(entry, 'properties');
    const definition = nameOfId(stringAt(properties, 'policyDefinitionId')).toLowerCase();
    if (!signaturePolicies.includes(definition)) return [];
    return [
      {
        name: stringAt(entry, 'name'),
        effect: effectOf(properties),
        enforced: maybeString(properties, 'enforcementMode') !== 'DoNotEnforce',
      },
    ];
  });
}

function effectOf(properties: JsonObject): string | null {
  const parameters = maybeObject(properties, 'parameters');
  const effect = parameters === null ? null : maybeObject(parameters, 'effect');
  return effect === null ? null : stringAt(effect, 'value').toLowerCase();
}
