import { accessGranted } from './access.ts';
import type { PolicyDocument } from './document.ts';
import type { Grantee, Home } from './grantee.ts';

const ways = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];

/**
 * The principals that can assume a role with this trust policy.
 * In: the trust policy (URL-decoded and parsed) and the account of the role. Out: an upper bound.
 * `service` and `federated` OIDC providers are workloads; federated SAML providers and principals are mostly
 * human users. A federated grantee with `subjects` null includes every subject of its provider: for a public
 * provider such as GitHub, every repository in the world.
 * Vendor pages: IAM User Guide, reference_policies_elements_principal and
 * id_roles_providers_create_oidc (secure the role with a subject condition).
 */
export function trustOf(document: PolicyDocument, home: Home): readonly Grantee[] {
  return accessGranted({ policies: [document], home, resource: '' }, ways).grantees;
}
