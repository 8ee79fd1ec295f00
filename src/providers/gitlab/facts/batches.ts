import type { JsonObject } from '../../../decode/fields.ts';
import { oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { Denied, join } from '../../facts.ts';
import { projectsIn } from '../decode/graphql.ts';
import type { GitlabCall } from '../operations.ts';
import type { GitlabApi } from '../wire/api.ts';
import { batchSize } from '../wire/queries.ts';

/** What one query tells of a project, asked for many projects at once. */
export type Batch = (path: string) => Promise<Fact<JsonObject>>;

/** In: the paths of all projects that are going to be asked for. Each batch is asked for when first needed. */
export function batched(
  api: GitlabApi,
  name: GitlabCall,
  query: string,
  paths: () => Promise<Fact<readonly string[]>>,
): Batch {
  const ask = oncePer(async (start) => {
    const all = await paths();
    if (all.state !== 'known') return all;
    const chunk = all.value.slice(Number(start), Number(start) + batchSize);
    return api.one(name, projectsIn, { json: { query, variables: { paths: chunk } } });
  });
  return async (path) => {
    const all = await paths();
    if (all.state !== 'known') return all.state === 'partial' ? all.missing[0] : all;
    const at = Math.max(0, all.value.indexOf(path));
    const found = await ask(String(at - (at % batchSize)));
    return join([found as Fact<ReadonlyMap<string, JsonObject>>], (projects) => {
      const project = projects.get(path.toLowerCase());
      if (project !== undefined) return project;
      throw new Denied(`GitLab leaves ${path} out of the answer`, 'read_api:guest');
    });
  };
}
