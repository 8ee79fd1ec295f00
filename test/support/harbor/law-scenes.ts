import type { Estate } from '../../../src/demo/harbor/estate.ts';
import { scenario } from './scan.ts';

const everything = [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }];

/** A policy that keeps what was pulled of late. */
export const retention = {
  id: 5,
  algorithm: 'or',
  scope: { level: 'project', ref: 1 },
  trigger: { kind: 'Schedule', settings: { cron: '0 0 0 * * *' } },
  rules: [
    {
      id: 1,
      action: 'retain',
      template: 'nDaysSinceLastPull',
      params: { nDaysSinceLastPull: 120 },
      tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v*' }],
      scope_selectors: { repository: everything },
    },
  ],
};

/** A cosign bundle, of which only its manifest tells whether it is a signature. */
export function bundle(name: string, predicateType: string) {
  return {
    type: 'signature.cosign',
    name,
    manifest: {
      artifact_type: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      annotations: { 'dev.sigstore.bundle.predicateType': predicateType },
    },
  };
}
export const cosignSignature = 'https://sigstore.dev/cosign/sign/v1';
export const provenance = 'https://slsa.dev/provenance/v1';

/**
 * An instance with one project, in which every call matters; one with a project that caches an upstream, so
 * that the registries matter too; and one without retention, so that garbage collection does.
 */
export async function lawScenes(): Promise<readonly Estate[]> {
  const good = await scenario('all-good');
  const { shop, hub } = good.projects;
  if (shop === undefined || hub === undefined) throw new Error('all-good has changed');
  const artifacts = (shop.artifacts ?? []).map((artifact) => ({
    ...artifact,
    accessories: [bundle('signature', cosignSignature), bundle('provenance', provenance)],
  }));
  const members = [
    { id: 1, project_id: 1, entity_name: 'readers', entity_type: 'g', entity_id: 4, role_id: 3 },
  ];
  const { retention: _, ...withoutRetention } = shop;
  const robots = [
    {
      name: 'robot$mirror',
      expires_at: 1_795_000_000,
      permissions: [
        {
          kind: 'project',
          namespace: 'shop',
          access: [{ resource: 'repository', action: 'pull' }],
        },
      ],
    },
  ];
  return [
    { ...good, robots, projects: { shop: { ...shop, artifacts, retention, members } } },
    { ...good, projects: { hub } },
    { ...good, projects: { shop: withoutRetention } },
  ];
}
