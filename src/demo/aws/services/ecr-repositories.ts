import { AwsError } from '../aws-error.ts';
import type { EstateRepository } from '../estate.ts';
import {
  arn,
  documentText,
  type Handlers,
  invalid,
  type Place,
  textOf,
  textsOf,
} from '../handler.ts';
import { ecrPaging, span } from '../page.ts';
import type { Input } from '../request.ts';

/** Amazon ECR API reference: the list of repositories, and their settings. */
export const ecrRepositories: Handlers = {
  'ecr:DescribeRepositories': (input, place) => {
    const names = textsOf(input, 'repositoryNames', 100);
    if (names !== null) return { repositories: namedRepositories(input, names, place) };
    const { from, to, next } = span(input, place.repositories.size, ecrPaging, place.estate);
    const positions = Array.from({ length: to - from }, (_, index) => from + index);
    return {
      repositories: positions.map((position) =>
        described(place.repositories.nameAt(position), place),
      ),
      nextToken: next,
    };
  },
  'ecr:ListTagsForResource': (input, place) => {
    const prefix = arn(place, 'ecr', 'repository/');
    const resource = textOf(input, 'resourceArn');
    if (!resource.startsWith(prefix)) throw invalid(`resourceArn is not ${prefix}*`);
    const repositoryName = resource.slice(prefix.length);
    const { tags = {} } = asked({ ...input, repositoryName }, place).repository;
    return { tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
  'ecr:GetRepositoryPolicy': (input, place) => {
    const { name, repository } = asked(input, place);
    if (repository.policy === undefined)
      throw notSet('RepositoryPolicyNotFoundException', 'Repository policy', name, place);
    return { ...named(name, place), policyText: documentText(repository.policy) };
  },
  'ecr:GetLifecyclePolicy': (input, place) => {
    const { name, repository } = asked(input, place);
    if (repository.lifecyclePolicy === undefined)
      throw notSet('LifecyclePolicyNotFoundException', 'Lifecycle policy', name, place);
    return {
      ...named(name, place),
      lifecyclePolicyText: documentText(repository.lifecyclePolicy),
      lastEvaluatedAt: place.estate.asOf,
    };
  },
};

/** The repository in a request. Throws `RepositoryNotFoundException`. */
export function asked(input: Input, place: Place) {
  const name = textOf(input, 'repositoryName');
  const repository = found(name, place);
  if (repository.deletedAfterListing === true) throw notFound(name, place);
  return { name, repository };
}

function found(name: string, place: Place): EstateRepository {
  const repository = place.repositories.find(name);
  if (repository !== undefined) return repository;
  throw notFound(name, place);
}

function notFound(name: string, { estate }: Place): AwsError {
  return new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${estate.account}'`,
  );
}

/** The two common fields of responses about a repository. */
export function named(name: string, { estate }: Place) {
  return { registryId: estate.account, repositoryName: name };
}

function namedRepositories(input: Input, names: readonly string[], place: Place) {
  if (input['maxResults'] !== undefined || input['nextToken'] !== undefined)
    throw invalid('repositoryNames cannot be combined with maxResults or nextToken');
  return names.map((name) => described(name, place));
}

/** A repository description. Real responses always include the three settings, with defaults. */
function described(name: string, place: Place) {
  const { account } = place.estate;
  const repository = found(name, place);
  const domain = place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    ...named(name, place),
    repositoryArn: arn(place, 'ecr', `repository/${name}`),
    repositoryUri: `${account}.dkr.ecr.${place.region}.${domain}/${name}`,
    createdAt: repository.createdAt ?? '2025-01-15T09:00:00Z',
    imageTagMutability: repository.imageTagMutability ?? 'MUTABLE',
    imageTagMutabilityExclusionFilters: repository.imageTagMutabilityExclusionFilters,
    imageScanningConfiguration: repository.imageScanningConfiguration ?? { scanOnPush: false },
    encryptionConfiguration: repository.encryptionConfiguration ?? { encryptionType: 'AES256' },
  };
}

function notSet(code: string, what: string, name: string, { estate }: Place): AwsError {
  return new AwsError(
    code,
    `${what} does not exist for the repository with name '${name}' in the registry with id '${estate.account}'`,
  );
}
