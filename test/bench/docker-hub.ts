import { checks } from '../../checks/index.ts';
import type { HubEstate } from '../../src/demo/docker-hub/estate.ts';
import { scanHub } from '../support/docker-hub/scan-hub.ts';

/** What a scan of an organization may cost without image checks: so many calls, and 2 a repository. */
const allowed = { organization: 8, repository: 2, token: 1 } as const;

function organization(repositories: number, tokens: number): HubEstate {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
  const ends = { createdAt: '2026-10-01T00:00:00Z', expiresAt: '2027-01-01T00:00:00Z' };
  return {
    about: 'many repositories',
    asOf: '2026-11-02T09:00:00Z',
    namespace: 'acme',
    caller: {
      username: 'audit',
      credential: 'password',
      seesPrivate: true,
      role: 'Owner',
    },
    repositories: Object.fromEntries(
      numbered(repositories).map((name) => [`app-${name}`, { private: true }]),
    ),
    members: [{ username: 'audit', role: 'Owner' }],
    tokens: numbered(tokens).map((label) => ({ label, ...ends, lastUsedAt: null, resources: [] })),
    log: ['repo.tag.push'],
  };
}

/** Prints the calls of a scan of 100 repositories, which is one page of their list, and 10 tokens. */
export async function dockerHubCalls(
  show: (what: string, value: string, wanted: string) => void,
): Promise<void> {
  const [repositories, tokens] = [100, 10];
  const { calls } = await scanHub(organization(repositories, tokens), {
    checks: checks.filter(({ id }) => !id.startsWith('recent-images')),
    options: { scout: false, webhooks: false },
  });
  const made = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const most = allowed.organization + allowed.repository * repositories + allowed.token * tokens;
  show('Docker Hub, 100 repositories and 10 tokens: calls', String(made), `at most ${most}`);
}
