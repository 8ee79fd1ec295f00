import fixture from '../../../fixtures/gitlab/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** A group of GitLab.com as one finds it. */
export async function gitlabDemo(): Promise<ServedDemo> {
  const { address, options, environment, close } = await serveEstate(fixture as Estate);
  const entries = [{ target: `gitlab://${address}`, ...options }];
  return { entries, environment, hiddenVariables: ['GITLAB_', 'CI_'], close };
}
