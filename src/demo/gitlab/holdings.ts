import type { Estate, EstateGroup, EstateProject, Fields } from './estate.ts';
import { notFound } from './replies.ts';

/** A project with its number; so its paths are found by either. */
export interface Numbered {
  readonly id: number;
  readonly path: string;
  readonly project: EstateProject;
}

export function projectsOf(estate: Estate): readonly Numbered[] {
  return Object.entries(estate.projects).map(([path, project], index) => ({
    id: index + 1,
    path,
    project,
  }));
}

export function projectBy(estate: Estate, wanted = ''): Numbered {
  const found = projectsOf(estate).find(({ id, path }) => path === wanted || String(id) === wanted);
  if (found === undefined) throw notFound();
  return found;
}

export function groupBy(
  estate: Estate,
  wanted = '',
): { readonly path: string; readonly id: number; readonly group: EstateGroup } {
  const paths = Object.keys(estate.groups);
  const at = paths.findIndex((path, index) => path === wanted || String(index + 1) === wanted);
  const path = paths[at];
  const group = path === undefined ? undefined : estate.groups[path];
  if (path === undefined || group === undefined) throw notFound();
  return { path, id: at + 1, group };
}

/** Those of the projects in a group and below it whose registry is not switched off. */
export function repositoriesIn(estate: Estate, holds: (path: string) => boolean): Fields[] {
  let id = 0;
  return projectsOf(estate).flatMap((one) =>
    Object.entries(one.project.repositories ?? {}).flatMap(([name, { fields }]) => {
      id += 1;
      const off = one.project.fields?.['container_registry_access_level'] === 'disabled';
      if (!holds(one.path) || off) return [];
      const path = name === '' ? one.path : `${one.path}/${name}`;
      return [
        {
          id,
          name,
          path: path.toLowerCase(),
          project_id: one.id,
          location: `registry.${estate.host}/${path.toLowerCase()}`,
          created_at: estate.asOf,
          cleanup_policy_started_at: null,
          status: null,
          ...fields,
        },
      ];
    }),
  );
}

/** The repository at a path, or with a number. */
export function repositoryBy(estate: Estate, wanted: string | number) {
  const listed = repositoriesIn(estate, () => true).find(
    ({ id, path }) => id === wanted || path === wanted,
  );
  if (listed === undefined) return undefined;
  const { project } = projectBy(estate, String(listed['project_id']));
  return project.repositories?.[String(listed['name'])];
}
