import { checks } from '../../checks/index.ts';
import { scanGhcr, scenario } from '../support/ghcr/scan.ts';

/**
 * What a scan of an organization may cost without image checks: so many calls, 3 for each linked repository,
 * and 1 a package, by which a stranger asks for it.
 */
const allowed = { organization: 17, repository: 3, package: 1 } as const;

/** Prints the calls of a scan of 100 packages, which is one page of their list, of 10 repositories. */
export async function ghcrCalls(
  show: (what: string, value: string, wanted: string) => void,
): Promise<void> {
  const [packages, repositories] = [100, 10];
  const good = await scenario('all-good');
  const names = Array.from({ length: packages }, (_, index) => index);
  const estate = {
    ...good,
    repositories: Object.fromEntries(
      names
        .slice(0, repositories)
        .map((id) => [
          `Acme/app-${id}`,
          { id, private: true, workflows: 'read', collaborators: [] },
        ]),
    ),
    packages: Object.fromEntries(
      names.map((id) => [
        `app-${id}`,
        { visibility: 'private', repository: `Acme/app-${id % repositories}` },
      ]),
    ),
  };
  const { calls } = await scanGhcr(estate, {
    checks: checks.filter(({ id }) => !id.startsWith('recent-images')),
  });
  const made = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const most =
    allowed.organization + allowed.repository * repositories + allowed.package * packages;
  show('GHCR, 100 packages of 10 repositories: calls', String(made), `at most ${most}`);
}
