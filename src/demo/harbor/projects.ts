import type { Estate, Project } from './estate.ts';

/** A project of an estate with the numeric ids of Harbor. */
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

/** The project with this id or name; null: none. */
export function projectBy(estate: Estate, idOrName: string): Numbered | null {
  const all = numbered(estate);
  return (
    all.find(({ id }) => String(id) === idOrName) ??
    all.find(({ name }) => name === idOrName) ??
    null
  );
}

/** The entries of listProjects. Disabled settings are often absent. */
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
