import type {
  Estate,
  EstateProject,
  EstateRepository,
} from '../../../src/demo/artifact-registry/estate.ts';

interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: { readonly title: string; readonly expression: string };
}

/** A policy with further grants. */
export function granting(policy: EstateProject['policy'], ...bindings: readonly Binding[]) {
  const before = policy?.['bindings'];
  return { ...policy, bindings: [...(Array.isArray(before) ? before : []), ...bindings] };
}

/** The scenario all-good, its project `shop-prod` changed. */
export function withProject(
  good: Estate,
  change: (project: EstateProject) => Partial<EstateProject>,
): Estate {
  const project = good.projects['shop-prod'];
  if (project === undefined) throw new Error('all-good has changed');
  return {
    ...good,
    projects: { ...good.projects, 'shop-prod': { ...project, ...change(project) } },
  };
}

/** The same, with its repository `shop` changed, and others beside it. */
export function withRepository(
  good: Estate,
  change: (repository: EstateRepository) => Partial<EstateRepository>,
  others: Readonly<Record<string, EstateRepository>> = {},
): Estate {
  return withProject(good, ({ locations }) => {
    const shop = locations['europe']?.['shop'];
    if (shop === undefined) throw new Error('all-good has changed');
    const europe = { ...locations['europe'], shop: { ...shop, ...change(shop) }, ...others };
    return { locations: { ...locations, europe } };
  });
}
