import type { PolicyDocument } from '../../../aws-policy/document.ts';
import { matches } from '../../../aws-policy/match.ts';
import { actionsWith, ecrPermissions } from './permissions.ts';

/**
 * The actions that amount to an ability where a policy grants them to somebody outside: having any one of
 * them is having the ability.
 */
export const abilities = {
  pull: actionsWith('pull'),
  push: actionsWith('push', 'import', 'upload'),
  delete: actionsWith('delete'),
  administer: actionsWith('administer'),
  'read-settings': actionsWith('read'),
} as const;
export type Ability = keyof typeof abilities;

/**
 * The same for identities of the own account by IAM. They do not replicate: the registry does. What they
 * import is limited to the upstreams that the registry caches.
 */
export const ownAbilities = {
  pull: abilities.pull,
  push: ['ecr:PutImage'],
  delete: abilities.delete,
  administer: [
    'ecr:SetRepositoryPolicy',
    'ecr:DeleteRepositoryPolicy',
    'ecr:PutImageTagMutability',
    'ecr:PutLifecyclePolicy',
  ],
} as const;

/** What removes an image at once; the other actions of `delete` need a day or can be taken back. */
export const immediateDeletion = ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'] as const;

/** What changes the settings of the whole registry. */
export const registryAdministration = 'ecr:PutRegistryPolicy';

/** All that a registry policy of scope V1 governs, whatever it says (user guide, registry-permissions). */
export const governedByScopeV1: readonly string[] = [
  'ecr:replicateimage',
  'ecr:batchimportupstreamimage',
  'ecr:createrepository',
];

const knownActions = Object.keys(ecrPermissions).map((action) => action.toLowerCase());

/** Actions of ECR that these policies allow by a name that is not in the table: what they do is not known. */
export function newActions(policies: readonly PolicyDocument[]): readonly string[] {
  const named = policies.flatMap(({ statements }) =>
    statements.flatMap(({ effect, actions }) =>
      effect === 'Allow' && !actions.negated ? actions.patterns : [],
    ),
  );
  return [...new Set(named)].filter(
    (pattern) =>
      pattern.startsWith('ecr:') && !knownActions.some((action) => matches(pattern, action)),
  );
}
