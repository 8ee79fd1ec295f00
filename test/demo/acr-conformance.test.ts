import { describe, expect, it } from 'vitest';
import { managerToken } from '../../src/demo/acr/arm-shapes.ts';
import type { Estate } from '../../src/demo/acr/estate.ts';
import { acrAnswers } from '../../src/demo/acr/serve-estate.ts';
import type { WireAnswer } from '../../src/demo/wire-server.ts';
import { answerErrors, exampleAnswers } from '../support/acr/description.ts';
import { scenario, scenarios } from '../support/acr/scenario.ts';

const lists = {
  tokens: 'TokenListResult',
  scopeMaps: 'ScopeMapListResult',
  webhooks: 'WebhookListResult',
  replications: 'ReplicationListResult',
  cacheRules: 'CacheRulesListResult',
  credentialSets: 'CredentialSetListResult',
  connectedRegistries: 'ConnectedRegistryListResult',
} as const;

/** Every answer that the description has, of a whole estate: its definition and its JSON. */
function* answersOf(estate: Estate): Generator<[definition: string, answer: unknown]> {
  const { answer } = acrAnswers(estate);
  const ask = (path: string, method = 'GET') => {
    const query = new URLSearchParams({ 'api-version': '2025-11-01' });
    const headers = { authorization: `Bearer ${managerToken}`, host: '127.0.0.1:1' };
    const { status, body } = answer({ method, path, query, headers, body: '' }) as WireAnswer;
    expect(status, path).toBe(200);
    return JSON.parse(String(body)) as unknown;
  };
  for (const [id, { registries }] of Object.entries(estate.subscriptions)) {
    const provider = 'providers/Microsoft.ContainerRegistry/registries';
    yield ['RegistryListResult', ask(`/subscriptions/${id}/${provider}`)];
    for (const [path, { webhooks = {} }] of Object.entries(registries)) {
      const [group, name] = path.split('/');
      const registry = `/subscriptions/${id}/resourceGroups/${group}/${provider}/${name}`;
      yield ['Registry', ask(registry)];
      for (const [folder, definition] of Object.entries(lists)) {
        yield [definition, ask(`${registry}/${folder}`)];
      }
      for (const hook of Object.keys(webhooks)) {
        const config = ask(`${registry}/webhooks/${hook}/getCallbackConfig`, 'POST');
        yield ['CallbackConfig', config];
      }
    }
  }
}

describe('every answer is one the vendor describes', () => {
  const errorsOf = answerErrors();
  // One of the traps is a word in another letter case, which Azure writes as well.
  const described = scenarios.filter((name) => name !== 'traps');

  it.each(described)('of the estate %s, its faults aside', async (name) => {
    const { faults: _, ...estate } = await scenario(name);
    let answers = 0;
    for (const [definition, answer] of answersOf(estate)) {
      answers += 1;
      expect(errorsOf(definition, answer), definition).toEqual([]);
    }
    expect(answers).toBeGreaterThan(5);
  });

  // Tasks are of a preview of the API, which is not described.
  const { TaskListResult: _, ...examples } = exampleAnswers;
  it.each(Object.entries(examples))('so is our example of a %s', (definition, example) => {
    expect(errorsOf(definition, example)).toEqual([]);
  });

  it('notices a word that is not the vendor’s, and a field that is not', async () => {
    const estate = await scenario('all-good');
    const [registry] = [...answersOf(estate)].filter(([definition]) => definition === 'Registry');
    const text = JSON.stringify(registry?.[1]);
    const spoilt = (from: string, to: string) => JSON.parse(text.replace(from, to)) as unknown;
    expect(errorsOf('Registry', spoilt('"Premium"', '"Platinum"'))).not.toEqual([]);
    expect(errorsOf('Registry', spoilt('"dataEndpointEnabled"', '"dataEndpoint"'))).not.toEqual([]);
    expect(errorsOf('Registry', spoilt('', ''))).toEqual([]);
  });
});
