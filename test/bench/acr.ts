import { checks } from '../../checks/index.ts';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { scenario } from '../support/acr/scenario.ts';

type Show = (what: string, value: string, wanted?: string) => void;

/** Calls that are made once for all registries of a subscription. */
const ofSubscription = [
  'RoleDefinitions_List',
  'PolicyAssignments_List',
  'Pricings_List',
  'SubscriptionDiagnosticSettings_List',
  'ResourceGraph_Findings',
];
const ofRepositories = [
  'Repository_GetProperties',
  'Tags_List',
  'Manifests_List',
  'Referrers_List',
];
const ofSignIn = ['Oauth2_Exchange', 'Oauth2_Token', 'Catalog_List', 'Keys_Get'];

/** Counts the calls of a scan of ACR against what they may be. */
export async function acrCalls(show: Show): Promise<void> {
  const estate = await scenario('all-good');
  const [[subscription, held] = ['', undefined]] = Object.entries(estate.subscriptions);
  const [path = ''] = Object.keys(held?.registries ?? {});
  const address = `${subscription}/${path}`;
  const counted = async (ids: readonly string[]) => {
    const selected = ids.length === 0 ? checks : checks.filter(({ id }) => ids.includes(id));
    const { calls } = await scanEstate(estate, { checks: selected, address });
    return (names: readonly string[]) =>
      names.reduce((sum, name) => sum + (calls.get(name) ?? 0), 0);
  };
  const all = await counted([]);
  const manager = [
    'Registries_Get',
    'Registries_GetPreview',
    'Tokens_List',
    'ScopeMaps_List',
    'Webhooks_List',
    'Replications_List',
    'CacheRules_List',
    'CredentialSets_List',
    'ConnectedRegistries_List',
    'Tasks_List',
    'DiagnosticSettings_List',
    'RoleAssignments_ListForScope',
  ];
  const repositories = 2;
  const tagsAndSignatures = await counted(['tags-immutable', 'recent-images-signed']);
  show('ACR: calls for a registry, all checks', String(all(manager)), '12');
  show('ACR: calls for a webhook', String(all(['Webhooks_GetCallbackConfig'])), '1');
  show('ACR: calls for a subscription', String(all(ofSubscription)), '5');
  show('ACR: calls to sign in to a registry and list it', String(all(ofSignIn)));
  show(
    'ACR: calls for a repository, tags and signatures, 1.5 images',
    String(tagsAndSignatures(ofRepositories) / repositories),
    '3.5',
  );
}
