import { checks } from '../../checks/index.ts';
import { scanEstate, scenario } from '../support/gitlab/scan.ts';

/** What a scan of a group may cost without image checks: so many calls, and 8 for each project with images. */
const allowed = { group: 16, project: 8 } as const;

/** Prints the calls of a scan of 20 projects with 5 repositories each. */
export async function gitlabCalls(
  show: (what: string, value: string, wanted: string) => void,
): Promise<void> {
  const [projects, repositories] = [20, 5];
  const good = await scenario('all-good');
  const names = (count: number) => Array.from({ length: count }, (_, index) => index);
  const estate = {
    ...good,
    target: 'acme',
    projects: Object.fromEntries(
      names(projects).map((id) => [
        `acme/project-${id}`,
        {
          repositories: Object.fromEntries(
            names(repositories).map((one) => [one === 0 ? '' : `image-${one}`, {}]),
          ),
        },
      ]),
    ),
  };
  const { calls } = await scanEstate(estate, {
    checks: checks.filter(({ id }) => !id.startsWith('recent-images')),
  });
  const made = [...calls.values()].reduce((sum, count) => sum + count, 0);
  const most = allowed.group + allowed.project * projects;
  show(
    `GitLab, ${projects} projects with ${repositories} repositories each: calls`,
    String(made),
    `at most ${most}`,
  );
}
