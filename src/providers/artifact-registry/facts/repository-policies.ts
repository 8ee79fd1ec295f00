import { oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join, known } from '../../facts.ts';
import { iamPolicy } from '../decode/iam-policy.ts';
import { type Described, members, modeOf } from '../decode/repository.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import type { Layer, ProjectFacts } from './project.ts';
import { policyRequest } from './shared.ts';

/** The policies that govern the repositories of a location. */
export interface RepositoryPolicies {
  readonly project: ProjectFacts;
  /** Container repositories of the location. */
  readonly repositories: () => Promise<Fact<readonly Described[]>>;
  /** The policy set on the repository, without inherited ones. */
  readonly own: (repository: Described) => Promise<Fact<readonly Layer[]>>;
  /** The policies of the repository and of all levels above; each one known or not. */
  readonly effective: (repository: Described) => Promise<readonly Fact<readonly Layer[]>[]>;
  /** Virtual repositories that serve its images to their own readers. */
  readonly servedBy: (repository: Described) => Promise<Fact<readonly Described[]>>;
}

/** Reads each policy once: several facts of the registry and of repositories need it. */
export function repositoryPolicies(
  api: ArtifactRegistryApi,
  project: ProjectFacts,
  repositories: () => Promise<Fact<readonly Described[]>>,
): RepositoryPolicies {
  const read = oncePer((path) =>
    api.official('GetRepositoryIamPolicy', { resource: path, ...policyRequest }, iamPolicy),
  );
  const own = async ({ path, name }: Described) =>
    join([await read(path)], (policy): readonly Layer[] => [
      {
        where: `repository ${name}`,
        level: 'repository',
        read: 'GetRepositoryIamPolicy',
        policy,
      },
    ]);
  return {
    project,
    repositories,
    own,
    effective: async (repository) => [await own(repository), ...(await project.layers())],
    servedBy: async ({ path }) => {
      const all = await repositories();
      if (all.state !== 'known') return all;
      return known('ListRepositories', 'artifactregistry.repositories.list', () =>
        all.value.filter(
          ({ raw }) =>
            modeOf(raw) === 'virtual' && members(raw).some((member) => member.path === path),
        ),
      );
    },
  };
}
