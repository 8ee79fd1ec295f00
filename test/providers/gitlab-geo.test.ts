import { describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/gitlab/estate.ts';
import { finding, ownInstance } from '../support/gitlab/own-instance.ts';
import { scenario } from '../support/gitlab/scan.ts';

const primary = { site: { name: 'home' }, status: {} };
const copying = { site: { name: 'shelter' }, status: {} };

describe('the sites of Geo', () => {
  const verdicts = async (estate: Estate) => ({
    replicated: (await finding(estate, 'replicated')).verdict,
    trusted: (await finding(estate, 'replication-targets-trusted')).verdict,
    edge: await finding(estate, 'edge-registries-hardened'),
  });

  test('are none on GitLab.com, for its customers', async () => {
    const { replicated, trusted, edge } = await verdicts(await scenario('all-good'));
    expect([replicated, trusted, edge.verdict]).toEqual(Array(3).fill('not-applicable'));
  });

  test('are unknown to whoever is no administrator', async () => {
    const { settings: _, ...own } = await ownInstance();
    const { replicated, trusted, edge } = await verdicts(own);
    expect([replicated, trusted, edge.verdict]).toEqual(Array(3).fill('unknown'));
    expect(edge.byHand).toEqual([]);
  });

  test.each([
    ['there is no other site', [primary]],
    ['the other is switched off', [primary, { ...copying, site: { name: 's', enabled: false } }]],
    [
      'the other does not copy the registry',
      [primary, { ...copying, status: { container_repositories_replication_enabled: false } }],
    ],
  ])('copy nothing where %s', async (_, geo) => {
    const { replicated, trusted, edge } = await verdicts({ ...(await ownInstance()), geo });
    expect([replicated, trusted, edge.verdict]).toEqual(['fail', 'pass', 'pass']);
  });

  test('copy all where one that is whole and healthy does, and how it serves them is to be looked at', async () => {
    const estate = { ...(await ownInstance()), geo: [primary, copying] };
    const { replicated, trusted, edge } = await verdicts(estate);
    expect([replicated, trusted]).toEqual(['pass', 'pass']);
    expect(edge.verdict).toBe('unknown');
    expect(JSON.stringify(edge.byHand)).toContain('look at each secondary site');
  });

  const failing = 'container_repositories_failed_count';
  test.each([
    [
      'copies some groups or storages alone',
      { site: { name: 's', selective_sync_type: 'namespaces' } },
    ],
    ['is not healthy', { status: { healthy: false } }],
    ['could not copy 2 repositories', { status: { [failing]: 2 } }],
    ['has not reported', { status: { [failing]: null } }],
    ['has reported nothing', { site: { name: 's' }, status: undefined }],
  ])('are no proof of a copy where the only one %s', async (says, change) => {
    const { status, ...site } = { ...copying, ...change };
    const other = status === undefined ? site : { ...site, status };
    const found = await finding({ ...(await ownInstance()), geo: [primary, other] }, 'replicated');
    expect(found.verdict).toBe('unknown');
    expect(found.message).toContain(says);
  });
});

describe('a policy that scans containers', () => {
  const withPolicy = async (rule: string, scan = 'container_scanning', enabled = true) => {
    const good = await scenario('all-good');
    const shop = good.projects['acme/shop'];
    const yaml = `type: scan_execution_policy\nrules:\n- type: ${rule}\nactions:\n- scan: ${scan}\n`;
    const scanPolicies = [{ name: 'nightly', enabled, yaml }];
    return { ...good, projects: { 'acme/shop': { ...shop, security: {}, scanPolicies } } };
  };

  test.each([
    ['push-scan-on', 'pipeline', 'schedule'],
    ['rescan-on', 'schedule', 'pipeline'],
  ])('leaves it open whether %s fails where a %s starts it', async (id, rule, other) => {
    const found = await finding(await withPolicy(rule), id);
    expect(found.verdict).toBe('unknown');
    expect(found.message).toContain('the policy nightly has pipelines scan');
    for (const estate of [
      await withPolicy(other),
      await withPolicy(rule, 'sast'),
      await withPolicy(rule, 'container_scanning', false),
    ]) {
      expect((await finding(estate, id)).verdict).toBe('fail');
    }
  });

  test('that is no YAML, or hidden, is no "none"', async () => {
    const broken = await withPolicy('pipeline', '{');
    expect((await finding(broken, 'push-scan-on')).verdict).toBe('unknown');
    const good = await withPolicy('pipeline');
    const faults = [
      {
        kind: 'new-word',
        operation: 'queryScanPolicies',
        field: 'data.projects.nodes[].scanExecutionPolicies',
        value: null,
      },
    ] as const;
    expect((await finding({ ...good, faults }, 'push-scan-on')).verdict).toBe('unknown');
  });
});

describe('audit streams of an instance', () => {
  const without = async (): Promise<Estate> => {
    const own = await ownInstance();
    const { streams: _, ...acme } = own.groups['acme'] ?? {};
    return { ...own, groups: { acme } };
  };
  const stream = {
    name: 'all',
    category: 'http',
    config: { url: 'https://siem.example.org/' },
    active: true,
    eventTypeFilters: [],
    namespaceFilters: [],
  };

  test('stand for those of a group that has none', async () => {
    const estate = { ...(await without()), streams: [stream] };
    expect((await finding(estate, 'audit-log-exported')).verdict).toBe('pass');
  });

  test('are asked for before "not exported" is said', async () => {
    expect((await finding(await without(), 'audit-log-exported')).verdict).toBe('fail');
    const { settings: _, ...hidden } = await without();
    expect((await finding(hidden, 'audit-log-exported')).verdict).toBe('unknown');
  });
});
