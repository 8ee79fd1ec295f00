import { matches } from '../../../model/wildcard.ts';
import type { EstateRepository } from '../estate.ts';
import { arn, type Handlers, invalid, type Place, textsOf } from '../handler.ts';
import { offered, registryId } from './ecr-registry.ts';

/** Amazon ECR API reference: the scanning rules of the registry, and their effect on a repository. */
export const ecrScanning: Handlers = {
  'ecr:GetRegistryScanningConfiguration': (_, place) => {
    offered('scanning', place);
    return { ...registryId(place), scanningConfiguration: rulesOf(place) };
  },
  'ecr:BatchGetRepositoryScanningConfiguration': (input, place) => {
    const names = textsOf(input, 'repositoryNames', 25);
    if (names === null) throw invalid('repositoryNames is required');
    const known = names.flatMap((name) => {
      const repository = place.repositories.find(name);
      return repository === undefined ? [] : [effective(name, repository, place)];
    });
    const strangers = names.filter((name) => place.repositories.find(name) === undefined);
    return {
      scanningConfigurations: known,
      failures: strangers.map((repositoryName) => ({
        repositoryName,
        failureCode: 'REPOSITORY_NOT_FOUND',
        failureReason: 'Repository not found',
      })),
    };
  },
};

function rulesOf({ here }: Place) {
  const scanning = here.registry?.scanning;
  return { scanType: scanning?.scanType ?? 'BASIC', rules: scanning?.rules ?? [] };
}

/** From weak to strong: a repository gets the strongest frequency of the rules that match it. */
const frequencies = ['MANUAL', 'SCAN_ON_PUSH', 'CONTINUOUS_SCAN'];

/**
 * The effective scanning of a repository (ECR user guide, image-scanning-filters). The old flag of the
 * repository still applies if basic scanning has no matching rule.
 */
function effective(name: string, repository: EstateRepository, place: Place) {
  const repositoryArn = arn(place, 'ecr', `repository/${name}`);
  const common = { repositoryArn, repositoryName: name };
  if (repository.scanning !== undefined) return { ...common, ...repository.scanning };
  const { scanType, rules } = rulesOf(place);
  const matching = rules.flatMap(({ scanFrequency, repositoryFilters }) => {
    const filters = repositoryFilters.filter(({ filter }) => selects(String(filter), name));
    return filters.length === 0 ? [] : [{ scanFrequency, filters }];
  });
  const strongest = Math.max(0, ...matching.map((rule) => frequencies.indexOf(rule.scanFrequency)));
  const ownFlag = repository.imageScanningConfiguration?.['scanOnPush'] === true;
  return {
    ...common,
    scanOnPush: strongest > 0 || (scanType === 'BASIC' && ownFlag),
    scanFrequency: frequencies[strongest],
    appliedScanFilters: matching.flatMap(({ filters }) => filters),
  };
}

/** Whether a filter matches a name: without wildcard a substring, with wildcards the whole name. */
function selects(filter: string, name: string): boolean {
  return filter.includes('*') ? matches(filter, name) : name.includes(filter);
}
