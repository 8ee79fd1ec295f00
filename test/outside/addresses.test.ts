import { describe, expect, it } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { imageParts } from '../../src/providers/outside-address.ts';

const sha = '(sha256:0123456789ab)';

describe('an image as facts name it', () => {
  it.each([
    [`1.2 ${sha}`, { name: '', tag: '1.2' }],
    [`web:main ${sha}`, { name: 'web', tag: 'main' }],
    [`team/web:main ${sha}`, { name: 'team/web', tag: 'main' }],
    ['web@sha256:0123456789ab', null],
    ['', null],
  ])('%s', (image, parts) => {
    expect(imageParts(image)).toEqual(parts);
  });
});

describe('where a stranger finds a registry and an image', () => {
  it.each([
    [
      'ecr',
      'ecr://123456789012/eu-west-1',
      'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      ['app', `v1 ${sha}`, { repository: 'app', tag: 'v1' }],
    ],
    [
      'ecr',
      'ecr://123456789012/cn-north-1',
      'https://123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn',
      ['app', 'app@sha256:0', null],
    ],
    [
      'ecr',
      'ecr://123456789012/public',
      null,
      ['app', `v1 ${sha}`, { repository: 'app', tag: 'v1' }],
    ],
    [
      'harbor',
      'harbor://harbor.example.org:8443',
      'https://harbor.example.org:8443',
      ['shop', `web:main ${sha}`, { repository: 'shop/web', tag: 'main' }],
    ],
    ['harbor', 'harbor://h.example.org', 'https://h.example.org', ['shop', `main ${sha}`, null]],
    [
      'docker-hub',
      'docker-hub://acme',
      'https://registry-1.docker.io',
      ['web', `main ${sha}`, { repository: 'acme/web', tag: 'main' }],
    ],
    [
      'artifact-registry',
      'artifact-registry://shop-prod/europe-west4',
      'https://europe-west4-docker.pkg.dev',
      ['builds', `web:main ${sha}`, { repository: 'shop-prod/builds/web', tag: 'main' }],
    ],
    [
      'acr',
      'acr://0b1f6471-1bf0-4dda-aec3-111122223333/shop-rg/shop',
      null,
      ['team/app', `v1 ${sha}`, { repository: 'team/app', tag: 'v1' }],
    ],
    [
      'ghcr',
      'ghcr://Acme',
      null,
      ['shop/worker', `v1 ${sha}`, { repository: 'acme/shop/worker', tag: 'v1' }],
    ],
    [
      'gitlab',
      'gitlab://gitlab.com/acme',
      'https://registry.gitlab.com',
      ['acme/shop', `v1 ${sha}`, { repository: 'acme/shop', tag: 'v1' }],
    ],
    ['gitlab', 'gitlab://git.example.org/acme', null, ['acme/shop', '', null]],
    [
      'nexus',
      'nexus://nexus.example.org/context',
      'https://nexus.example.org/context',
      ['shop', `app:v1 ${sha}`, { repository: 'app', tag: 'v1', below: '/repository/shop' }],
    ],
    [
      'quay',
      'quay://quay.io/acme',
      'https://quay.io',
      ['app', `v1 ${sha}`, { repository: 'acme/app', tag: 'v1' }],
    ],
  ] as const)('%s, %s', async (provider, registry, base, [repository, image, located]) => {
    const outside = (await providers[provider]?.())?.outside;
    expect(outside?.base(registry, {})).toBe(base);
    expect(outside?.image(registry, repository, image)).toEqual(located);
  });
});
