import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/artifact-registry/estate.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';

const imageChecks = /^recent-images-/;

/** Calls of a scan without image checks, of one project with so many like repositories. */
async function callsOf(repositories: number): Promise<number> {
  const estate = await scenario('all-good');
  const project = estate.projects['shop-prod'];
  const one = project?.locations['europe']?.['shop'];
  if (project === undefined || one === undefined) throw new Error('all-good has changed');
  const names = Array.from({ length: repositories }, (_, index) => `repository-${index}`);
  const europe = Object.fromEntries(names.map((name) => [name, one]));
  const large: Estate = {
    ...estate,
    projects: { 'shop-prod': { ...project, locations: { europe } } },
  };
  const selected = checks.filter(({ id }) => !imageChecks.test(id));
  const { calls } = await scanEstate(large, { checks: selected });
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

/** What a project costs of itself, its organisation included, and what each repository adds. */
export async function artifactRegistryCalls(
  show: (what: string, value: string, wanted?: string) => void,
): Promise<void> {
  const [few, many] = [await callsOf(10), await callsOf(110)];
  const each = (many - few) / 100;
  show('Artifact Registry: calls a repository, image checks aside', each.toFixed(2), '2');
  show('Artifact Registry: calls of one project with 10 repositories', String(few));
  show('Artifact Registry: of these, not for its repositories', (few - 10 * each).toFixed(0));
}
