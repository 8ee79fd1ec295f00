import { textAt } from '../../../http/answer.ts';
import { oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join, known } from '../../facts.ts';
import { type IamPolicy, inheritedPolicy, rolePermissions } from '../decode/iam-policy.ts';
import { type Sink, sink } from '../decode/logging.ts';
import { type AccessLevel, accessLevel, type Perimeter, perimeter } from '../decode/perimeters.ts';
import { type Ancestor, organizationDomain } from '../decode/project.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import { type Ability, abilitiesOf, predefinedAbilities } from './iam/roles.ts';

/** What several projects have in common: their organisation, its folders, and roles. Read once a scan. */
export interface Shared {
  readonly policyOf: (ancestor: Ancestor) => Promise<Fact<IamPolicy>>;
  /** The domain of an organisation's people. */
  readonly domainOf: (organization: string) => Promise<Fact<string>>;
  /** Sinks of a level above projects, `folders/F`. */
  readonly sinksOf: (level: string) => Promise<Fact<readonly Sink[]>>;
  readonly perimetersOf: (organization: string) => Promise<Fact<readonly Perimeter[]>>;
  readonly accessLevelsOf: (organization: string) => Promise<Fact<readonly AccessLevel[]>>;
  readonly role: (name: string) => Promise<Fact<readonly Ability[]>>;
}

/** Grants under a condition are left out or renamed unless version 3 is asked for (IAM, Policy). */
export const policyRequest = { options: { requestedPolicyVersion: 3 } };

export function sharedFacts(api: ArtifactRegistryApi): Shared {
  const policies = oncePer((level) =>
    api.one(
      level.startsWith('folders/') ? 'GetFolderIamPolicy' : 'GetOrganizationIamPolicy',
      { path: `/v3/${level}:getIamPolicy`, json: policyRequest },
      inheritedPolicy,
    ),
  );
  const accessPolicies = oncePer((organization) =>
    api.all(
      {
        name: 'ListAccessPolicies',
        request: { path: '/v1/accessPolicies', query: { parent: `organizations/${organization}` } },
        entries: 'accessPolicies',
      },
      (entries) => entries.map((entry) => textAt(entry, 'name')),
    ),
  );
  const ofEveryPolicy = async <T>(
    organization: string,
    read: (policy: string) => Promise<Fact<readonly T[]>>,
  ): Promise<Fact<readonly T[]>> => {
    const listed = await accessPolicies(organization);
    if (listed.state !== 'known') return listed;
    return join([listed, ...(await Promise.all(listed.value.map(read)))], (_, ...found) =>
      found.flat(),
    );
  };
  return {
    policyOf: ({ kind, id }) => policies(`${kind}s/${id}`),
    domainOf: oncePer((id) =>
      api.one('GetOrganization', { path: `/v3/organizations/${id}` }, organizationDomain),
    ),
    sinksOf: oncePer((level) => sinksAt(api, level)),
    perimetersOf: oncePer((organization) =>
      ofEveryPolicy(organization, (policy) =>
        api.all(
          {
            name: 'ListServicePerimeters',
            request: { path: `/v1/${policy}/servicePerimeters` },
            entries: 'servicePerimeters',
          },
          (entries) => entries.map(perimeter),
        ),
      ),
    ),
    accessLevelsOf: oncePer((organization) =>
      ofEveryPolicy(organization, (policy) =>
        api.all(
          {
            name: 'ListAccessLevels',
            request: { path: `/v1/${policy}/accessLevels` },
            entries: 'accessLevels',
          },
          (entries) => entries.map(accessLevel),
        ),
      ),
    ),
    role: oncePer(async (name) => {
      const abilities = predefinedAbilities(name);
      if (abilities !== null) return known('GetRole', '', () => abilities);
      return api.one('GetRole', { path: `/v1/${name}` }, (raw) =>
        abilitiesOf(rolePermissions(raw)),
      );
    }),
  };
}

/** The sinks of one level of the hierarchy. */
export function sinksAt(api: ArtifactRegistryApi, level: string): Promise<Fact<readonly Sink[]>> {
  return api.all(
    {
      name: 'ListSinks',
      request: { path: `/v2/${level}/sinks`, query: { pageSize: 1000 } },
      entries: 'sinks',
    },
    (entries) => entries.map(sink(level)),
  );
}
