import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/artifact-registry/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import {
  detourAbilities,
  ownPermissions,
  ownPrefix,
} from '../../src/providers/artifact-registry/facts/iam/permissions.ts';
import { abilitiesOf } from '../../src/providers/artifact-registry/facts/iam/roles.ts';
import { readDescription } from '../specs/read.ts';
import { granting, withProject, withRepository } from '../support/google/change.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';

const good = await scenario('all-good');
const mallory = ['user:mallory@shop.example'];
const janitor = 'janitor@shop-prod.iam.gserviceaccount.com';

async function verdictOf(
  estate: Estate,
  check: string,
  repository: string | null = 'shop',
  faults: readonly Fault[] = [],
) {
  const selected = checks.filter(({ id }) => id === check);
  const { findings } = await scanEstate({ ...estate, faults }, { checks: selected });
  const found = findings.find((one) => one.check === check && one.repository === repository);
  return { verdict: found?.verdict, message: found?.message };
}

const onProject = (
  role: string,
  members: readonly string[] = mallory,
  roles: Estate['roles'] = {},
) => ({
  ...withProject(good, ({ policy }) => ({ policy: granting(policy, { role, members }) })),
  roles: { ...good.roles, ...roles },
});
const onRepository = (role: string, members: readonly string[], roles: Estate['roles'] = {}) => ({
  ...withRepository(good, ({ policy }) => ({ policy: granting(policy, { role, members }) })),
  roles: { ...good.roles, ...roles },
});
const onJanitor = (role: string, members: readonly string[] = mallory) =>
  withProject(good, () => ({
    serviceAccountPolicies: { [janitor]: granting(undefined, { role, members }) },
  }));
const custom = 'organizations/880011223344/roles/custom';

describe('permissions of Artifact Registry', () => {
  test('each one that Google names is in the table, and nothing else is', () => {
    const named = readDescription('gcp-artifactregistry/permissions.txt').trim().split('\n');
    expect(
      Object.keys(ownPermissions)
        .map((name) => `${ownPrefix}${name}`)
        .toSorted(),
    ).toEqual(named.toSorted());
  });

  test('of other services none but the detours does anything', () => {
    expect(abilitiesOf(['storage.objects.create', 'resourcemanager.projects.get'])).toEqual([]);
    expect(abilitiesOf(['iam.serviceAccounts.getAccessToken'])).toEqual(['impersonate']);
    expect(abilitiesOf(['cloudbuild.builds.create']).toSorted()).toEqual(['build', 'start']);
    expect(detourAbilities).toContain('federate');
  });

  test('one that is new makes who can push unknown', async () => {
    const roles = { [custom]: ['artifactregistry.repositories.teleportArtifacts'] };
    const { verdict, message } = await verdictOf(
      onRepository(custom, mallory, roles),
      'push-limited-to-ci',
    );
    expect(verdict).toBe('unknown');
    expect(message).toContain('teleportArtifacts');
  });
});

describe('who can push', () => {
  test('nobody but pipelines in the best case', async () => {
    expect((await verdictOf(good, 'push-limited-to-ci')).verdict).toBe('pass');
  });

  test.each(['artifactregistry.tags.update', 'artifactregistry.tags.create'])(
    'whoever has %s can make a tag lead to another image',
    async (permission) => {
      const estate = onRepository(custom, mallory, { [custom]: [permission] });
      expect(await verdictOf(estate, 'push-limited-to-ci')).toMatchObject({
        verdict: 'fail',
        message: expect.stringContaining('mallory@shop.example'),
      });
    },
  );

  test.each([
    'roles/iam.serviceAccountTokenCreator',
    'roles/iam.serviceAccountKeyAdmin',
    'roles/iam.workloadIdentityUser',
    'roles/iam.serviceAccountAdmin',
  ])('a person with %s on the project can, as a service account', async (role) => {
    const { verdict, message } = await verdictOf(onProject(role), 'push-limited-to-ci');
    expect(verdict).toBe('fail');
    expect(message).toContain('mallory@shop.example');
  });

  test('a person with it on the service account alone can as well', async () => {
    const estate = onJanitor('roles/iam.serviceAccountTokenCreator');
    expect((await verdictOf(estate, 'push-limited-to-ci')).verdict).toBe('fail');
    const { verdict } = await verdictOf(estate, 'delete-limited');
    expect(verdict).toBe('pass');
  });

  test('a workload that becomes a service account is a pipeline', async () => {
    const pool = 'principalSet://iam.googleapis.com/projects/415104041262/locations/global';
    const workload = `${pool}/workloadIdentityPools/github/attribute.repository/shop/web`;
    const estate = onJanitor('roles/iam.workloadIdentityUser', [workload]);
    expect((await verdictOf(estate, 'push-limited-to-ci')).verdict).toBe('pass');
  });

  test('everybody of a pool is nobody in particular', async () => {
    const pool = 'principalSet://iam.googleapis.com/projects/415104041262/locations/global';
    const estate = onJanitor('roles/iam.workloadIdentityUser', [
      `${pool}/workloadIdentityPools/github/*`,
    ]);
    expect((await verdictOf(estate, 'push-limited-to-ci')).verdict).toBe('fail');
  });

  test('one who becomes a service account which becomes another one', async () => {
    const helper = 'helper@shop-prod.iam.gserviceaccount.com';
    const role = 'roles/iam.serviceAccountTokenCreator';
    const estate = withProject(good, () => ({
      serviceAccountPolicies: {
        [janitor]: granting(undefined, { role, members: [`serviceAccount:${helper}`] }),
        [helper]: granting(undefined, { role, members: mallory }),
      },
    }));
    expect((await verdictOf(estate, 'push-limited-to-ci')).verdict).toBe('fail');
  });

  test('to act as a service account takes something that runs as it', async () => {
    const actAs = 'roles/iam.serviceAccountUser';
    expect((await verdictOf(onProject(actAs), 'push-limited-to-ci')).verdict).toBe('pass');
    const both = withProject(onProject(actAs), ({ policy }) => ({
      policy: granting(policy, { role: custom, members: mallory }),
    }));
    const roles = { ...good.roles, [custom]: ['run.jobs.create'] };
    expect((await verdictOf({ ...both, roles }, 'push-limited-to-ci')).verdict).toBe('fail');
  });

  test('who makes providers of a workload identity pool makes its identities', async () => {
    const roles = { [custom]: ['iam.workloadIdentityPoolProviders.update'] };
    const estate = onProject(custom, mallory, roles);
    expect((await verdictOf(estate, 'push-limited-to-ci')).verdict).toBe('fail');
  });

  test('who starts builds can push as the account of Cloud Build', async () => {
    const builder = ['serviceAccount:415104041262@cloudbuild.gserviceaccount.com'];
    const estate = withRepository(onProject(custom, mallory), ({ policy }) => ({
      policy: granting(policy, { role: 'roles/artifactregistry.writer', members: builder }),
    }));
    const roles = { ...good.roles, [custom]: ['cloudbuild.builds.create'] };
    expect((await verdictOf({ ...estate, roles }, 'push-limited-to-ci')).verdict).toBe('fail');
  });

  test('the agents of Google act for the services of the project', async () => {
    const agent = ['serviceAccount:service-415104041262@gcp-sa-pubsub.iam.gserviceaccount.com'];
    const estate = onProject('roles/iam.serviceAccountTokenCreator', agent);
    expect((await verdictOf(estate, 'push-limited-to-ci')).message).not.toContain('pubsub');
  });

  test('a grant for another repository does not say who becomes a service account', async () => {
    const expression = 'resource.name.startsWith("projects/shop-prod/serviceAccounts/janitor")';
    const condition = { title: 'one', expression };
    const estate = withProject(good, ({ policy }) => ({
      policy: granting(policy, {
        role: 'roles/iam.serviceAccountTokenCreator',
        members: mallory,
        condition,
      }),
    }));
    expect((await verdictOf(estate, 'push-limited-to-ci')).verdict).toBe('fail');
  });

  test('is unknown where the policies of service accounts are denied', async () => {
    const denied: Fault = { kind: 'denied', operation: 'GetServiceAccountIamPolicy' };
    const { verdict, message } = await verdictOf(good, 'push-limited-to-ci', 'shop', [denied]);
    expect(verdict).toBe('unknown');
    expect(message).toContain('iam.serviceAccounts.getIamPolicy');
  });
});

describe('what is known in part', () => {
  const folder: Fault = { kind: 'denied', operation: 'GetFolderIamPolicy' };

  test('fails by a person who can push, whatever a folder grants besides', async () => {
    const estate = onRepository('roles/artifactregistry.writer', mallory);
    const found = await verdictOf(estate, 'push-limited-to-ci', 'shop', [folder]);
    expect(found).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('mallory@shop.example'),
    });
  });

  test('passes nothing', async () => {
    for (const check of ['push-limited-to-ci', 'delete-limited', 'cross-account-limited']) {
      expect((await verdictOf(good, check, 'shop', [folder])).verdict).toBe('unknown');
    }
  });

  test('fails by a stranger beside a member of a kind that is not known', async () => {
    const members = ['martian:x', 'user:eve@gmail.com'];
    const estate = onRepository('roles/artifactregistry.reader', members);
    expect((await verdictOf(estate, 'cross-account-limited')).verdict).toBe('fail');
    expect((await verdictOf(estate, 'delete-limited')).verdict).toBe('unknown');
  });
});

describe('who administers', () => {
  test('also whoever changes custom roles', async () => {
    const { message } = await verdictOf(
      onProject('roles/iam.roleAdmin', ['allAuthenticatedUsers']),
      'admins-few',
      null,
    );
    expect(message).toContain('allAuthenticatedUsers');
  });
});

describe('who comes from outside', () => {
  test('an agent of Google that works for the project does not', async () => {
    const role = 'roles/ml.serviceAgent';
    const agent = 'service-415104041262@cloud-ml.google.com.iam.gserviceaccount.com';
    const estate = onProject(role, [`serviceAccount:${agent}`], {
      [role]: ['artifactregistry.repositories.downloadArtifacts'],
    });
    expect((await verdictOf(estate, 'cross-account-limited')).verdict).toBe('pass');
  });

  test.each([
    ['user:eve@brand-two.example', 'unknown'],
    ['group:all@brand-two.example', 'unknown'],
    ['user:eve@shop.example', 'pass'],
    ['user:eve@gmail.com', 'fail'],
    ['serviceAccount:x@nowhere.example', 'unknown'],
    ['serviceAccount:415104041262-a1b2@developer.gserviceaccount.com', 'pass'],
    ['serviceAccount:99-a1b2@developer.gserviceaccount.com', 'fail'],
  ])('%s: %s, for an organisation tells its primary domain alone', async (member, verdict) => {
    const estate = onRepository('roles/artifactregistry.reader', [member]);
    expect((await verdictOf(estate, 'cross-account-limited')).verdict).toBe(verdict);
  });

  test('one who reads settings alone has access too', async () => {
    const roles = { [custom]: ['artifactregistry.tags.list'] };
    const estate = onRepository(custom, ['user:eve@gmail.com'], roles);
    const { verdict, message } = await verdictOf(estate, 'cross-account-limited');
    expect(verdict).toBe('fail');
    expect(message).toContain('read settings');
  });
});

describe('who is anybody', () => {
  test.each(['serviceAccount:odd-address', 'user:nobody', 'principal://elsewhere/x', 'group:?'])(
    '%s never is, whatever its address',
    async (member) => {
      const estate = onRepository('roles/artifactregistry.reader', [member]);
      expect((await verdictOf(estate, 'anonymous-pull-off')).verdict).toBe('pass');
      expect((await verdictOf(estate, 'anonymous-push-off', null)).verdict).toBe('pass');
    },
  );

  test.each([
    ['request.time < timestamp("2030-01-01T00:00:00Z")', 'fail'],
    ['request.time < timestamp("2020-01-01T00:00:00Z")', 'pass'],
    ['resource.service == "storage.googleapis.com"', 'pass'],
    ['request.host == "x"', 'unknown'],
  ])('allUsers under the condition %s: %s', async (expression, verdict) => {
    const condition = { title: 'c', expression };
    const grant = { role: 'roles/artifactregistry.reader', members: ['allUsers'], condition };
    const estate = withRepository(good, ({ policy }) => ({ policy: granting(policy, grant) }));
    expect((await verdictOf(estate, 'anonymous-pull-off')).verdict).toBe(verdict);
  });
});
