import type { Estate } from '../../../src/demo/harbor/estate.ts';
import { retention } from './law-scenes.ts';
import { scenario } from './scan.ts';

/** An instance in which so many projects each need every call there is. */
export async function largeEstate(projects: number): Promise<Estate> {
  const good = await scenario('all-good');
  const { shop } = good.projects;
  if (shop === undefined) throw new Error('all-good has changed');
  const each = Array.from({ length: projects }, (_, index) => [
    `project-${index}`,
    { ...shop, retention: { ...retention, id: index + 1 } },
  ]);
  return { ...good, projects: Object.fromEntries(each) };
}

/** Most calls that a scan may make of an instance, of each project, and of each page of artifacts. */
export const allowed = { instance: 16, project: 6, page: 1 } as const;
