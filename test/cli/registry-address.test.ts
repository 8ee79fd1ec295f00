import { describe, expect, test } from 'vitest';
import { resolveAddress } from '../../src/cli/registry-address.ts';
import { targetPattern } from '../../src/config/schema.ts';
import { UsageError } from '../../src/model/usage-error.ts';

describe('the address of a registry is a target', () => {
  test.each([
    ['ecr', 'ecr', null],
    ['ecr://123456789012/eu-west-1', 'ecr://123456789012/eu-west-1', null],
    ['harbor://harbor.corp.example', 'harbor://harbor.corp.example', null],
    ['gar', 'artifact-registry', null],
    ['gar://shop-prod/europe', 'artifact-registry://shop-prod/europe', null],
    ['hub://acme', 'docker-hub://acme', null],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'ecr://123456789012/eu-west-1', null],
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2',
      'ecr://123456789012/eu-west-1',
      'team/app',
    ],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'ecr://123456789012/cn-north-1', null],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', 'ecr://123456789012/eu-west-1', null],
    ['shop.azurecr.io', 'acr://shop.azurecr.io', null],
    ['https://Shop.azurecr.io/web@sha256:00', 'acr://shop.azurecr.io', 'web'],
    ['europe-docker.pkg.dev/shop-prod/app/web:1', 'artifact-registry://shop-prod/europe', 'app'],
    ['europe-docker.pkg.dev/shop-prod', 'artifact-registry://shop-prod/europe', null],
    ['eu.gcr.io/shop-prod/web', 'artifact-registry://shop-prod/europe', 'eu.gcr.io'],
    ['docker.io/acme', 'docker-hub://acme', null],
    ['docker.io/acme/web:latest', 'docker-hub://acme', 'web'],
    ['https://hub.docker.com/r/acme/web', 'docker-hub://acme', 'web'],
    ['ghcr.io/acme/web/api:1', 'ghcr://acme', 'web/api'],
    ['quay.io/acme/web', 'quay://quay.io/acme', 'web'],
    ['registry.gitlab.com/acme/platform/web', 'gitlab://gitlab.com/acme/platform/web', null],
    ['https://harbor.corp.example/library', 'harbor://harbor.corp.example', 'library'],
    ['harbor.corp.example:8443', 'harbor://harbor.corp.example:8443', null],
    ['localhost:5000', 'oci://localhost:5000', null],
    ['registry.corp.example:5000/app', 'oci://registry.corp.example:5000/app', null],
  ])('%s', (written, target, repository) => {
    expect(resolveAddress(written)).toEqual({ target, repository });
    expect(new RegExp(targetPattern).test(written)).toBe(true);
  });

  test('a host that does not tell its product is refused with the targets it may mean', () => {
    const error = caught('registry.corp.example/app');
    expect(error.message).toContain('registry.corp.example does not tell which product it is');
    expect(error.hint).toContain('harbor://registry.corp.example');
  });

  test.each(['docker.io', 'ghcr.io', 'europe-docker.pkg.dev', 'quay.io', 'gcr.io'])(
    '%s alone names nothing to audit',
    (written) => expect(caught(written).hint).toMatch(/^write /),
  );

  test.each([
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example',
    'azurecr.io.evil.example',
  ])('%s is no registry of the vendor it imitates', (written) =>
    expect(caught(written).message).toContain('does not tell'),
  );

  function caught(written: string): UsageError {
    try {
      resolveAddress(written);
    } catch (error) {
      if (error instanceof UsageError) return error;
    }
    throw new Error('it was accepted');
  }
});
