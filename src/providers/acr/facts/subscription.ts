import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { eachEntry } from '../../parts.ts';
import { type Defender, defender } from '../decode/defender.ts';
import { delegation } from '../decode/delegation.ts';
import { type Recorder, recorder } from '../decode/diagnostics.ts';
import { type Findings, findingsByDigest, findingsQuery } from '../decode/findings.ts';
import { type SignaturePolicy, signaturePoliciesIn } from '../decode/policy.ts';
import { type Assignment, type Role, rolesIn } from '../decode/roles.ts';
import { tenantOf } from '../decode/subscriptions.ts';
import { repositoryTable, tableDays } from '../decode/workspace.ts';
import type { AcrApi } from '../wire/api.ts';
import type { RestCall } from '../wire/arm.ts';

/** Facts shared by all registries of a subscription. Each is requested once, on first use. */
export interface SubscriptionFacts {
  /** Every role that can be assigned in it, by lower-case id. */
  readonly roles: () => Promise<Fact<ReadonlyMap<string, Role>>>;
  /** The tenant that it trusts. */
  readonly tenant: () => Promise<Fact<string>>;
  /** What of it as a whole is delegated to other tenants. */
  readonly delegations: () => Promise<Fact<readonly Assignment[]>>;
  readonly defender: () => Promise<Fact<Defender>>;
  readonly signaturePolicies: () => Promise<Fact<readonly SignaturePolicy[]>>;
  /** Where its activity log is sent on to. */
  readonly activityLog: () => Promise<Fact<readonly Recorder[]>>;
  /** What Defender found in images, by their digest; images without findings are not in it. */
  readonly findings: () => Promise<Fact<ReadonlyMap<string, Findings>>>;
  /** Days that a workspace, given by its path, keeps pushes. */
  readonly keptIn: (workspace: string) => Promise<Fact<number>>;
}

export function subscriptionFacts(api: AcrApi, subscription: string): SubscriptionFacts {
  const base = `/subscriptions/${encodeURIComponent(subscription)}/providers`;
  return {
    roles: once(() =>
      api.restList(
        'RoleDefinitions_List',
        {
          path: `${base}/Microsoft.Authorization/roleDefinitions`,
          version: '2022-04-01',
          // Roles that are defined for a resource group alone are among them.
          query: '&$filter=atScopeAndBelow()',
        },
        (entries) => new Map(rolesIn(entries).map((one) => [one.id, one])),
      ),
    ),
    tenant: once(() =>
      api.rest(
        'Subscriptions_Get',
        { path: `/subscriptions/${encodeURIComponent(subscription)}`, version: '2022-12-01' },
        (raw) => tenantOf(raw, subscription),
      ),
    ),
    delegations: once(async () => {
      const listed = await api.restList(
        'RegistrationAssignments_List',
        delegationsCall(`/subscriptions/${encodeURIComponent(subscription)}`),
        (entries) => entries,
      );
      return eachEntry(listed, delegation);
    }),
    defender: once(() =>
      api.restList(
        'Pricings_List',
        { path: `${base}/Microsoft.Security/pricings`, version: '2024-01-01' },
        defender,
      ),
    ),
    signaturePolicies: once(() =>
      api.restList(
        'PolicyAssignments_List',
        { path: `${base}/Microsoft.Authorization/policyAssignments`, version: '2022-06-01' },
        signaturePoliciesIn,
      ),
    ),
    activityLog: once(() =>
      api.restList(
        'SubscriptionDiagnosticSettings_List',
        { path: `${base}/Microsoft.Insights/diagnosticSettings`, version: '2021-05-01-preview' },
        (entries) => entries.map(recorder),
      ),
    ),
    findings: once(() =>
      api.query(
        'ResourceGraph_Findings',
        findingsQuery,
        { subscriptions: [subscription] },
        findingsByDigest,
      ),
    ),
    keptIn: oncePer((workspace) =>
      api.rest(
        'Tables_Get',
        { path: `${workspace}/tables/${repositoryTable}`, version: '2022-10-01' },
        (raw) => tableDays(raw, repositoryTable),
      ),
    ),
  };
}

/** `scope`: the path of a subscription or a resource group. */
export function delegationsCall(scope: string): RestCall {
  return {
    path: `${scope}/providers/Microsoft.ManagedServices/registrationAssignments`,
    version: '2022-10-01',
    query: '&$expandRegistrationDefinition=true',
  };
}
