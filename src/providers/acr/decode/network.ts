import {
  booleanAt,
  type JsonObject,
  maybeObject,
  maybeString,
  objectAt,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive } from '../../facts.ts';
import type { Described } from './registry.ts';
import { nameOfId, partOfId, wordIn } from './words.ts';

const enabled = ['Enabled', 'Disabled'] as const;

/** Whether the public network path is open at all, whatever the rules say. */
export function publicPath({ properties }: Described): boolean {
  const word = wordIn(properties, 'publicNetworkAccess', [...enabled, 'SecuredByPerimeter']);
  if (word === 'SecuredByPerimeter') {
    throw new Inconclusive('a network security perimeter decides, whose rules are not read');
  }
  return word === 'Enabled';
}

/** From where the registry answers. Network rules exist on the Premium plan alone. */
export function networkAccess(registry: Described): ValueOf<RegistryFacts['networkAccess']> {
  if (!publicPath(registry)) return { mode: 'closed' };
  if (registry.plan !== 'Premium') {
    return {
      mode: 'open',
      reason: 'plan',
      detail: `the ${registry.plan} plan has no network rules, the Premium plan has`,
    };
  }
  const set = objectAt(registry.properties, 'networkRuleSet');
  if (denies(set)) return { mode: 'limited', ranges: rangesOf(set), networks: [] };
  return {
    mode: 'open',
    reason: 'chosen',
    detail: 'the default action of its network rules is Allow',
  };
}

function denies(rules: JsonObject): boolean {
  return wordIn(rules, 'defaultAction', ['Allow', 'Deny']) === 'Deny';
}

function rangesOf(rules: JsonObject): string[] {
  return objectsAt(rules, 'ipRules').map((rule) => {
    wordIn(rule, 'action', ['Allow']);
    return stringAt(rule, 'value');
  });
}

/** Address rules that are stored while everything is let in anyway. */
export function idleRanges({ properties }: Described): readonly string[] {
  const rules = maybeObject(properties, 'networkRuleSet');
  return rules === null || denies(rules) ? [] : rangesOf(rules);
}

/** Whether a plan without network rules holds some all the same. */
export function rulesWithoutPlan({ plan, properties }: Described): boolean {
  const rules = maybeObject(properties, 'networkRuleSet');
  return plan !== 'Premium' && rules !== null && denies(rules);
}

export function networkBypass({ properties }: Described): ValueOf<RegistryFacts['networkBypass']> {
  const services = wordIn(properties, 'networkRuleBypassOptions', ['AzureServices', 'None']);
  const tasks = booleanAt(properties, 'networkRuleBypassAllowedForTasks');
  const who = [
    ...(services === 'AzureServices' ? ['the trusted services of Azure'] : []),
    ...(tasks ? ['ACR Tasks with a system-assigned identity'] : []),
  ];
  return who.length === 0 ? { mode: 'none' } : { mode: 'allowed', who };
}

/** Whether Defender is kept out, which comes as a trusted service (scan-images-defender). */
export function keepsServicesOut(registry: Described): boolean {
  const access = networkAccess(registry);
  return (
    access.mode !== 'open' &&
    wordIn(registry.properties, 'networkRuleBypassOptions', ['AzureServices', 'None']) === 'None'
  );
}

const states = ['Approved', 'Pending', 'Rejected', 'Disconnected'] as const;

const provisioned = [
  'Creating',
  'Updating',
  'Deleting',
  'Succeeded',
  'Failed',
  'Canceled',
] as const;

/** Private endpoints by name and subscription; only those that are approved and set up serve. */
export function privateEndpoints(registry: Described): ValueOf<RegistryFacts['privateEndpoints']> {
  const connections = objectsAt(registry.properties, 'privateEndpointConnections').map((entry) => {
    const properties = objectAt(entry, 'properties');
    const state = wordIn(
      objectAt(properties, 'privateLinkServiceConnectionState'),
      'status',
      states,
    );
    const step = wordIn(properties, 'provisioningState', provisioned);
    const up = step === 'Succeeded' || step === 'Updating';
    return { state, step, up, label: endpointLabel(properties, entry, registry.subscription) };
  });
  const approved = connections.filter(({ state }) => state === 'Approved');
  const serving = approved.filter(({ up }) => up);
  if (serving.length > 0) {
    return { mode: 'serving', endpoints: serving.map(({ label }) => label) };
  }
  if (connections.length === 0)
    return { mode: 'none', ...onPremiumOnly(registry, 'private endpoints') };
  return {
    mode: 'incomplete',
    endpoints: connections.map(({ label, state, step }) =>
      state === 'Approved'
        ? `${label} (set up: ${step.toLowerCase()})`
        : `${label} (${state.toLowerCase()})`,
    ),
    missing: [approved.length > 0 ? 'a set-up that succeeds' : 'approval'],
  };
}

function endpointLabel(properties: JsonObject, entry: JsonObject, own: string): string {
  const endpoint = maybeObject(properties, 'privateEndpoint');
  const id = endpoint === null ? null : maybeString(endpoint, 'id');
  if (id === null) return stringAt(entry, 'name');
  const subscription = partOfId(id, 'subscriptions');
  return subscription === null || subscription.toLowerCase() === own.toLowerCase()
    ? nameOfId(id)
    : `${nameOfId(id)} of subscription ${subscription}`;
}

/** Why a thing is not there when the plan bought does not have it. */
export function onPremiumOnly({ plan }: Described, what: string): { because?: string } {
  return plan === 'Premium'
    ? {}
    : { because: `the ${plan} plan has no ${what}, the Premium plan has` };
}
