import fixture from '../../../fixtures/gitlab/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registry of Gitlab. */
export async function gitlabDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture satisfies Estate);
  const entries = [{ target: 'gitlab://gitlab.example.org', url }];
  return { entries, environment, hiddenVariables: ['GITLAB_'], close };
}
