import { accessGranted } from './access.ts';
import type { PolicyDocument } from './document.ts';
import type { Grantee, Home } from './grantee.ts';

const ways = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];

/**
 * Who may assume a role with this trust policy?
 * In: the trust policy (URL-decoded and parsed) and whose account the role is in. Out: an upper bound.
 * `service` and a `federated` OIDC provider are workloads, a federated SAML provider and principals are
 * mostly people. A federated grantee whose `subjects` is null lets in every subject of its provider: for
 * a public provider such as GitHub, every repository in the world.
 * Vendor pages: IAM User Guide, reference_policies_elements_principal and
 * id_roles_providers_create_oidc (secure the role with a subject condition).
 */
export function trustOf(document: PolicyDocument, home: Home): readonly Grantee[] {
  return accessGranted({ policies: [document], home, resource: '' }, ways).grantees;
}
