import { AwsError } from '../aws-error.ts';
import { documentText, type Handlers, type Place, textOf } from '../handler.ts';
import { ecrPaging, page } from '../page.ts';

/** Amazon ECR API reference: settings of a registry, which is an account in a region. */
export const ecrRegistry: Handlers = {
  'ecr:DescribeRegistry': (_, place) => ({
    ...registryId(place),
    replicationConfiguration: { rules: place.here.registry?.replicationRules ?? [] },
  }),
  'ecr:GetRegistryPolicy': (_, place) => {
    const policy = place.here.registry?.policy;
    if (policy === undefined) {
      throw new AwsError(
        'RegistryPolicyNotFoundException',
        `Registry policy does not exist in the registry with id '${place.estate.account}'`,
      );
    }
    return { ...registryId(place), policyText: documentText(policy) };
  },
  'ecr:GetSigningConfiguration': (_, place) => {
    offered('signing', place);
    const rules = place.here.registry?.signingRules;
    if (rules === undefined) {
      throw new AwsError(
        'SigningConfigurationNotFoundException',
        `Signing configuration does not exist in the registry with id '${place.estate.account}'`,
      );
    }
    return { ...registryId(place), signingConfiguration: { rules } };
  },
  'ecr:GetAccountSetting': (input, { here }) => {
    const name = textOf(input, 'name');
    const value = here.registry?.settings?.[name] ?? defaults[name];
    if (value === undefined)
      throw new AwsError('ValidationException', `There is no account setting ${name}`);
    return { name, value };
  },
  'ecr:DescribePullThroughCacheRules': (input, place) => {
    const all = place.here.registry?.cacheRules ?? [];
    const { entries, next } = page(input, all, ecrPaging, place.estate);
    return {
      pullThroughCacheRules: entries.map((rule) => ({ ...registryId(place), ...rule })),
      nextToken: next,
    };
  },
  'ecr:DescribeRepositoryCreationTemplates': (input, place) => {
    const all = place.here.registry?.creationTemplates ?? [];
    const { entries, next } = page(input, all, ecrPaging, place.estate);
    return { ...registryId(place), repositoryCreationTemplates: entries, nextToken: next };
  },
};

/** The defaults of a registry (ECR user guide, registry-permissions and following). */
const defaults: Readonly<Record<string, string>> = {
  REGISTRY_POLICY_SCOPE: 'V2',
  BASIC_SCAN_TYPE_VERSION: 'AWS_NATIVE',
  BLOB_MOUNTING: 'DISABLED',
};

/** Throws ECR's error for a feature that the region does not offer. */
export function offered(feature: 'scanning' | 'signing', { here }: Place): void {
  if (here.registry?.missingFeatures?.includes(feature))
    throw new AwsError('ValidationException', 'This feature is disabled');
}

export function registryId({ estate }: Place) {
  return { registryId: estate.account };
}
