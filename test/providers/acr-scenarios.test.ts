import { describe, expect, test } from 'vitest';
import { provider } from '../../src/providers/acr/index.ts';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { scenario, scenarios } from '../support/acr/scenario.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, scenarios, async (name, whole) => scanEstate(await scenario(name), whole));

describe('what a scan costs and shows', () => {
  const verdicts = async (name: 'all-good' | 'paging' | 'throttled') => {
    const { findings } = await scanEstate(await scenario(name));
    return findings.map(({ check, subject, verdict }) => `${subject} ${check} ${verdict}`).sort();
  };

  test('pages of one entry and calls turned away once change no verdict', async () => {
    const whole = await verdicts('all-good');
    expect(whole.length).toBeGreaterThan(40);
    expect(await verdicts('paging')).toEqual(whole);
    expect(await verdicts('throttled')).toEqual(whole);
  }, 30_000);

  test('no more than 16 calls for a registry, one for each webhook, and the few of its subscription', async () => {
    const { calls } = await scanEstate(await scenario('all-good'));
    const total = (names: readonly string[]) =>
      names.reduce((sum, name) => sum + (calls.get(name) ?? 0), 0);
    const ofSubscription = [
      'ResourceGraph_Registries',
      'Registries_List',
      'RoleDefinitions_List',
      'Subscriptions_Get',
      'RegistrationAssignments_List',
      'PolicyAssignments_List',
      'Pricings_List',
      'SubscriptionDiagnosticSettings_List',
      'ResourceGraph_Findings',
      'Tables_Get',
    ];
    expect(total(ofSubscription)).toBe(ofSubscription.length);
    const ofData = [
      'Oauth2_Exchange',
      'Oauth2_Token',
      'Catalog_List',
      'Repository_GetProperties',
      'Tags_List',
      'Manifests_List',
      'Referrers_List',
      'Keys_Get',
      'Groups_ListTransitiveMembers',
    ];
    const others = [...calls.keys()].filter(
      (name) => ![...ofSubscription, ...ofData, 'Webhooks_GetCallbackConfig'].includes(name),
    );
    expect(total(others)).toBeLessThanOrEqual(16);
    // The first call of the registry's own API asks where tokens are to be had, and is made again.
    expect(total(['Oauth2_Exchange', 'Oauth2_Token', 'Catalog_List', 'Keys_Get'])).toBe(5);
    // Two repositories, of which one has two images that are judged.
    expect(calls.get('Repository_GetProperties')).toBe(2);
    expect(calls.get('Tags_List')).toBe(2);
    expect(calls.get('Referrers_List')).toBe(3);
  });

  test('what webhooks and tasks hold besides is neither shown nor kept', async () => {
    for (const name of ['all-good', 'all-bad'] as const) {
      const { findings } = await scanEstate(await scenario(name));
      const shown = JSON.stringify(findings);
      expect(shown).not.toMatch(/not-for-print|plain-to-see|\*\*\*\*\*\*|entra https/);
      expect(shown).toContain(name === 'all-good' ? 'deploy.shop.example' : 'hooks.loose.example');
    }
  });
});
