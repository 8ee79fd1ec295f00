import { stringAt } from '../../../decode/fields.ts';
import { oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join, known } from '../../facts.ts';
import { type IamPolicy, inheritedPolicy, rolePermissions } from '../decode/iam-policy.ts';
import { type Sink, sink } from '../decode/logging.ts';
import { type AccessLevel, accessLevel, type Perimeter, perimeter } from '../decode/perimeters.ts';
import { type Ancestor, organizationDomain } from '../decode/project.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import type { Ability } from './iam/permissions.ts';
import { abilitiesOf, predefinedAbilities } from './iam/roles.ts';

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
  const folderPolicies = oncePer((folder) =>
    api.one('GetFolderIamPolicy', inheritedPolicy, { params: { folder }, json: policyRequest }),
  );
  const organizationPolicies = oncePer((organization) =>
    api.one('GetOrganizationIamPolicy', inheritedPolicy, {
      params: { organization },
      json: policyRequest,
    }),
  );
  const accessPolicies = oncePer((organization) =>
    api.all('ListAccessPolicies', (entries) => entries.map((entry) => stringAt(entry, 'name')), {
      query: { parent: `organizations/${organization}` },
    }),
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
    policyOf: ({ kind, id }) => (kind === 'folder' ? folderPolicies(id) : organizationPolicies(id)),
    domainOf: oncePer((organization) =>
      api.one('GetOrganization', (raw) => organizationDomain(raw, organization), {
        params: { organization },
      }),
    ),
    sinksOf: oncePer((level) => sinksAt(api, level)),
    perimetersOf: oncePer((organization) =>
      ofEveryPolicy(organization, (policy) =>
        api.all('ListServicePerimeters', (entries) => entries.map(perimeter), {
          params: { policy },
        }),
      ),
    ),
    accessLevelsOf: oncePer((organization) =>
      ofEveryPolicy(organization, (policy) =>
        api.all('ListAccessLevels', (entries) => entries.map(accessLevel), { params: { policy } }),
      ),
    ),
    role: oncePer(async (role) => {
      const abilities = predefinedAbilities(role);
      if (abilities !== null) return known('GetRole', '', () => abilities);
      return api.one('GetRole', (raw) => abilitiesOf(rolePermissions(raw, role)), {
        params: { role },
      });
    }),
  };
}

/** The sinks of one level of the hierarchy. */
export function sinksAt(api: ArtifactRegistryApi, level: string): Promise<Fact<readonly Sink[]>> {
  return api.all('ListSinks', (entries) => entries.map(sink(level)), {
    params: { level },
    query: { pageSize: 1000 },
  });
}
