import { expect, test } from 'vitest';
import { scopeOf } from '../../src/cli/subject-scope.ts';
import { holds } from '../../src/policy/scope.ts';
import { providers } from '../../src/providers/index.ts';

const ofRepository = { id: 'tags-immutable', subject: 'repository' } as const;
const ofRegistry = { id: 'tls-only', subject: 'registry' } as const;

/** A registry as reports name it, and one of its repositories. */
const subjects: readonly (readonly [string, string])[] = [
  ['ecr://123456789012/eu-west-1', 'team/app'],
  ['ecr://123456789012/public', 'tool'],
  ['acr://0b1f6471-1bf0-4dda-aec3-111122223333/shop-rg/shopimages', 'shop/web'],
  ['artifact-registry://shop-prod/europe', 'shop'],
  ['harbor://harbor.example.org:8443', 'shop'],
  ['docker-hub://acme', 'web'],
  ['ghcr://acme', 'shop/worker'],
  ['ghcr://acme', 'web'],
  ['gitlab://gitlab.com/acme', 'acme/web/site'],
  ['nexus://nexus.example.org', 'docker-hosted'],
  ['nexus://nexus.example.org/context', 'docker-hosted'],
  ['quay://quay.example.org/acme', 'site'],
  ['oci://registry.example.org:5000', 'web'],
];

test.each(subjects)(
  'a subject below %s is a repository, and the registry is none',
  async (registry, repository) => {
    const id = registry.split('://')[0] ?? '';
    const { addresses = [] } = (await providers[id]?.()) ?? {};
    const whole = false;
    const scope = scopeOf(`${registry}/${repository}`, ofRepository, { addresses, whole });
    expect(scope.repository).toBeTruthy();
    expect(holds(scope, { registry, repository })).toBe(true);
    expect(holds(scope, { registry, repository: `${repository}x` })).toBe(false);
    expect(scopeOf(registry, ofRegistry, { addresses, whole })).toEqual({ registry });
  },
);
