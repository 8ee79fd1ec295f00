import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/acr/estate.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/acr/index.ts';
import type { OperationName } from '../../src/providers/acr/operations.ts';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { scenario } from '../support/acr/scenario.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there, for each operation whose answer has such. */
const fields: FieldTable<OperationName> = {
  Subscriptions_List: [['value'], ['value[].subscriptionId'], ['value[].state', 'Dreaming']],
  Registries_List: [['value'], ['value', 'none']],
  Registries_Get: [
    ['id'],
    ['name'],
    ['location'],
    ['sku'],
    ['sku.name', 'Platinum'],
    ['properties'],
    ['properties.loginServer'],
  ],
  Registries_GetPreview: [
    ['id'],
    ['properties'],
    ['properties.policies'],
    ['properties.policies.softDeletePolicy'],
    ['properties.policies.softDeletePolicy.status'],
    ['properties.policies.softDeletePolicy.status', 'paused'],
  ],
  Registries_GetCachePreview: [
    ['id'],
    ['properties.writableCacheRepos'],
    ['properties.writableCacheRepos', 'Sometimes'],
  ],
  Tokens_List: [
    ['value'],
    ['value[].name'],
    ['value[].properties.status'],
    ['value[].properties.status', 'asleep'],
    ['value[].properties.scopeMapId'],
    ['value[].properties.scopeMapId', '/none'],
  ],
  ScopeMaps_List: [
    ['value'],
    ['value[].id'],
    ['value[].properties.actions'],
    ['value[].properties.actions', ['repositories/web/content/sign']],
  ],
  Webhooks_List: [['value'], ['value[].properties.status'], ['value[].properties.status', 'maybe']],
  Webhooks_GetCallbackConfig: [['serviceUri'], ['serviceUri', 'gopher://shop.example']],
  Replications_List: [
    ['value'],
    ['value[].location'],
    ['value[].properties.provisioningState'],
    ['value[].properties.provisioningState', 'Musing'],
  ],
  CacheRules_List: [
    ['value'],
    ['value[].properties.sourceRepository'],
    ['value[].properties.targetRepository'],
  ],
  CredentialSets_List: [
    ['value'],
    ['value', []],
    ['value[].id', '/none'],
    ['value[].properties.authCredentials'],
    ['value[].properties.authCredentials', []],
    ['value[].properties.authCredentials[].credentialHealth'],
    ['value[].properties.authCredentials[].credentialHealth.status', 'Feverish'],
  ],
  ConnectedRegistries_List: [
    ['value'],
    ['value[].properties.mode', 'Hybrid'],
    ['value[].properties.logging'],
    ['value[].properties.loginServer'],
    ['value[].properties.loginServer.tls.status', 'Perhaps'],
    ['value[].properties.activation'],
  ],
  Tasks_List: [
    ['value'],
    ['value[].properties.step'],
    ['value[].properties.step.type', 'Dance'],
    ['value[].properties.status', 'Napping'],
  ],
  DiagnosticSettings_List: [
    ['value'],
    ['value[].name'],
    ['value[].properties.logs[].enabled'],
    ['value[].properties.logs[].enabled', 'yes'],
  ],
  SubscriptionDiagnosticSettings_List: [['value'], ['value[].properties.logs[].enabled']],
  RoleAssignments_ListForScope: [
    ['value'],
    ['value', []],
    ['value[].properties.roleDefinitionId'],
    ['value[].properties.principalId'],
    ['value[].properties.principalType'],
    ['value[].properties.principalType', 'Agent'],
    ['value[].properties.scope'],
  ],
  RoleEligibilityScheduleInstances_List: [['value']],
  DenyAssignments_List: [['value']],
  Tables_Get: [
    ['name'],
    ['name', 'another'],
    ['properties.totalRetentionInDays'],
    ['properties.totalRetentionInDays', -1],
  ],
  RegistrationAssignments_List: [['value']],
  RegistrationAssignments_ListForGroup: [['value']],
  Subscriptions_Get: [['tenantId'], ['subscriptionId'], ['subscriptionId', 'another']],
  Directory_GetByIds: [['value'], ['value', []], ['value[].id']],
  Groups_ListTransitiveMembers: [['value']],
  RoleDefinitions_List: [
    ['value'],
    ['value', []],
    ['value[].properties.permissions'],
    ['value[].properties.roleName'],
  ],
  PolicyAssignments_List: [['value'], ['value[].properties.policyDefinitionId']],
  Pricings_List: [
    ['value'],
    ['value[].name'],
    ['value[].properties.pricingTier'],
    ['value[].properties.pricingTier', 'Premium'],
    ['value[].properties.resourcesCoverageStatus', 'Mostly'],
    ['value[].properties.extensions[].isEnabled'],
    ['value[].properties.extensions[].isEnabled', 'Partly'],
  ],
  ResourceGraph_Findings: [
    ['data'],
    ['data', []],
    ['data[].state'],
    ['data[].state', 'Sleepy'],
    ['data[].severity'],
    ['data[].severity', 'Extreme'],
    ['data[].found'],
    ['data[].image', '{}'],
    ['resultTruncated'],
    ['resultTruncated', 'true'],
  ],
  Keys_Get: [
    ['key.kid', 'https://other.vault.azure.net/keys/other'],
    ['attributes'],
    ['attributes.enabled'],
    ['attributes.exp', 'soon'],
  ],
  Oauth2_Exchange: [['refresh_token']],
  Oauth2_Token: [['access_token']],
  Catalog_List: [['repositories'], ['repositories', 'all of them'], ['repositories', [1]]],
  Repository_GetProperties: [
    ['imageName'],
    ['imageName', 'another'],
    ['changeableAttributes'],
    ['changeableAttributes.writeEnabled'],
    ['changeableAttributes.writeEnabled', 'no'],
  ],
  Tags_List: [
    ['imageName'],
    ['imageName', 'another'],
    ['tags[].name'],
    ['tags[].digest'],
    ['tags[].digest', 'sha1:abc'],
    ['tags[].lastUpdateTime'],
    ['tags[].changeableAttributes'],
  ],
  Manifests_List: [['imageName'], ['manifests[].mediaType']],
  Referrers_List: [['manifests'], ['manifests[].digest']],
};

const keeper = 'ffffffff-0000-4000-8000-00000000000a';
const keeperRole = {
  roleName: 'Keeper',
  type: 'CustomRole',
  assignableScopes: [],
  permissions: [
    {
      actions: [
        'Microsoft.ContainerRegistry/registries/write',
        'Microsoft.ContainerRegistry/registries/artifacts/delete',
      ],
    },
  ],
};

interface Scene {
  readonly estate: Estate;
  readonly address: string;
}

/**
 * A registry by its name, in which most calls matter and no repository is locked as a whole, for then
 * its tags would not be read; and a search for registries where Resource Graph may not be asked.
 */
async function scenes(): Promise<readonly Scene[]> {
  const good = await scenario('all-good');
  const [subscription = ''] = Object.keys(good.subscriptions);
  const held = good.subscriptions[subscription];
  const path = 'shop-rg/shopimages';
  const registry = held?.registries[path];
  const web = registry?.repositories?.['web'];
  if (held === undefined || registry === undefined || web === undefined) {
    throw new Error('all-good has changed');
  }
  const repositories = { web: { ...web, locked: false } };
  // Somebody whom a deny assignment could keep from anything.
  const customRoles = { [keeper]: keeperRole };
  const roleAssignments = [
    ...(registry.roleAssignments ?? []),
    { role: keeper, principal: 'aaaaaaaa-0000-4000-8000-000000000009', type: 'User' },
  ];
  const registries = { [path]: { ...registry, repositories, roleAssignments } };
  const estate = {
    ...good,
    subscriptions: { [subscription]: { ...held, customRoles, registries } },
  };
  const nothingFound: Estate = {
    ...good,
    subscriptions: { [subscription]: { registries: {} } },
    faults: [{ operation: 'ResourceGraph_Registries', kind: 'denied' }],
  };
  return [
    { estate, address: `${subscription}/${path}` },
    { estate: nothingFound, address: '' },
  ];
}

const ofData: readonly OperationName[] = ['Oauth2_Exchange', 'Oauth2_Token', 'Catalog_List'];

lawHolds<OperationName, Scene>({
  provider,
  scenes,
  scan: ({ estate, address }, selected, faults) =>
    scanEstate(
      { ...estate, faults: [...(estate.faults ?? []), ...faults] },
      { checks: selected, address, ...spoiled },
    ),
  fields,
  named: [
    'Keys_Get',
    'Manifests_List',
    'Registries_Get',
    'Registries_GetCachePreview',
    'Registries_GetPreview',
    'Repository_GetProperties',
    'Subscriptions_Get',
    'Tables_Get',
    'Tags_List',
  ],
  unreached: {
    ResourceGraph_Registries: 'what it would have told is found out by listing subscriptions',
  },
  /** The list of repositories says nothing about the registry itself. */
  concerned: (name, findings: readonly FindingWithoutFingerprint[]) =>
    ofData.includes(name)
      ? findings.filter(
          ({ check }) => checks.find(({ id }) => id === check)?.subject === 'repository',
        )
      : findings,
});
