import type { Estate } from '../../../src/demo/quay/estate.ts';

const asOf = '2026-11-02T09:00:00Z';
const since = '2026-11-01T10:00:00Z';

/** An organization with one repository in which every call matters, read by whoever may read everything. */
export const organization: Estate = {
  asOf,
  caller: { name: 'auditor', kind: 'global-readonly', scopes: ['repo:read'] },
  features: { BUILD_SUPPORT: true, STORAGE_REPLICATION: true },
  settings: { DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS: ['one', 'two'] },
  users: [{ name: 'root', superuser: true }],
  appTokens: [{ title: 'cli', created: 'Mon, 05 Oct 2026 10:00:00 -0000', expiration: null }],
  namespaces: {
    acme: {
      teams: {
        owners: { role: 'admin', members: ['olivia'] },
        pipelines: { role: 'member', members: ['acme+ci'] },
      },
      collaborators: [],
      robots: [{ name: 'acme+ci', teams: [{ name: 'pipelines' }] }],
      applications: [
        {
          name: 'console',
          id: 'C0NS0LE',
          tokens: [
            {
              uuid: '1',
              name: 'reader',
              scope: 'repo:read',
              expires_at: '2026-12-01T16:12:58.692710Z',
              created: '2026-10-31T16:12:59.436801Z',
              created_by: 'olivia',
              last_accessed: null,
            },
          ],
        },
      ],
      autoprune: [
        { method: 'number_of_tags', value: 50, tagPattern: '^dev-', tagPatternMatches: true },
      ],
      immutability: [{ tagPattern: '.*', tagPatternMatches: true }],
      mirror: {
        is_enabled: true,
        external_registry_type: 'harbor',
        external_registry_url: 'https://upstream.example.org',
        external_namespace: 'proj',
        external_registry_username: 'hu',
        external_registry_config: { verify_tls: true },
        robot_username: 'acme+ci',
      },
      repositories: {
        app: {
          users: { 'acme+ci': 'write' },
          teams: { pipelines: 'write' },
          notifications: [
            { uuid: '1', method: 'webhook', config: { url: 'https://ci.example.org/hook' } },
          ],
          immutability: [{ tagPattern: 'v.*', tagPatternMatches: true }],
          autoprune: [
            { method: 'creation_date', value: '90d', tagPattern: null, tagPatternMatches: true },
          ],
          triggers: [],
          tags: [
            {
              name: 'v1',
              since,
              image: 'app',
              platforms: ['linux/amd64'],
              immutable: true,
              signed: true,
              attested: true,
            },
          ],
        },
      },
    },
  },
};

/** A repository that is a copy of another one. */
const mirrored = {
  state: 'MIRROR',
  mirror: {
    is_enabled: true,
    external_reference: 'upstream.example.org/lib/app',
    external_registry_username: null,
    external_registry_config: { verify_tls: true },
    robot_username: 'acme+ci',
  },
};

/** What belongs to a person, read by that person. */
const person: Estate = {
  asOf,
  caller: { name: 'acme', kind: 'user', scopes: ['repo:read', 'repo:admin', 'user:read'] },
  users: [{ name: 'acme' }],
  namespaces: {
    acme: { user: true, repositories: { log: { users: { acme: 'admin' }, tags: [] } } },
  },
};

export async function lawScenes(): Promise<readonly Estate[]> {
  const { acme } = organization.namespaces;
  const copies = { ...organization, namespaces: { acme: { ...acme, repositories: { mirrored } } } };
  return [organization, copies, person];
}
