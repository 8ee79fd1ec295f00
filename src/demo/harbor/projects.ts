import type { Estate, Project } from './estate.ts';

/** A project of an estate, with the numbers that Harbor gives things. */
export interface Numbered {
  readonly id: number;
  readonly name: string;
  readonly project: Project;
}

function numbered({ projects }: Estate): Numbered[] {
  return Object.entries(projects).map(([name, project], index) => ({
    id: index + 1,
    name,
    project,
  }));
}

/** By id, or else by name, as a path has it. */
export function projectBy(estate: Estate, wanted: string): Numbered | null {
  const all = numbered(estate);
  return (
    all.find(({ id }) => String(id) === wanted) ?? all.find(({ name }) => name === wanted) ?? null
  );
}

/** The entries of listProjects. Settings that are off are often not there at all. */
export function projectsOf(estate: Estate) {
  return numbered(estate).map(({ id, name, project }) => ({
    project_id: id,
    owner_id: 1,
    owner_name: 'admin',
    name,
    creation_time: '2025-01-10T08:00:00Z',
    update_time: '2025-01-10T08:00:00Z',
    repo_count: new Set((project.artifacts ?? []).map(({ repository }) => repository)).size,
    ...(project.registry === undefined ? {} : { registry_id: project.registry }),
    metadata: {
      public: 'false',
      ...(project.retention === undefined ? {} : { retention_id: String(project.retention['id']) }),
      ...project.metadata,
    } as Readonly<Record<string, string>>,
    cve_allowlist: { id: id + 1, project_id: id, items: [], ...project.allowlist },
  }));
}
