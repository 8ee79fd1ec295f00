import { describe, expect, test } from 'vitest';
import { HttpError } from '../../src/http/http.ts';
import { retention } from '../../src/providers/artifact-registry/decode/cleanup.ts';
import { chosen, type ImageRow } from '../../src/providers/artifact-registry/decode/images.ts';
import { upstream } from '../../src/providers/artifact-registry/decode/repository.ts';
import { holding } from '../../src/providers/artifact-registry/facts/iam/condition.ts';
import { principalOf } from '../../src/providers/artifact-registry/facts/iam/member.ts';
import { takes } from '../../src/providers/artifact-registry/facts/log-filter.ts';
import { mayCover } from '../../src/providers/artifact-registry/facts/signing.ts';
import { operations } from '../../src/providers/artifact-registry/operations.ts';
import { googleErrors } from '../../src/providers/artifact-registry/wire/errors.ts';
import { ask } from '../../src/providers/facts.ts';

describe('members of a policy', () => {
  const pool = 'iam.googleapis.com/projects/12/locations/global/workloadIdentityPools/p';
  const staff = 'iam.googleapis.com/locations/global/workforcePools/staff';
  test.each([
    ['allUsers', 'anyone', 'repositoryDefaults'],
    ['allAuthenticatedUsers', 'everyone-signed-in', 'repositoryDefaults'],
    ['user:a@b.example', 'person', 'b.example'],
    ['group:a@b.example', 'group', 'b.example'],
    ['domain:B.example', 'organization', 'b.example'],
    ['serviceAccount:ci@shop-prod.iam.gserviceaccount.com', 'workload', 'shop-prod'],
    ['serviceAccount:ci@shop.b.example.iam.gserviceaccount.com', 'workload', 'b.example:shop'],
    ['serviceAccount:12-compute@developer.gserviceaccount.com', 'group', '12'],
    ['serviceAccount:shop-prod@appspot.gserviceaccount.com', 'group', 'shop-prod'],
    ['serviceAccount:12@cloudbuild.gserviceaccount.com', 'workload', '12'],
    ['serviceAccount:12@cloudservices.gserviceaccount.com', 'service', '12'],
    ['serviceAccount:service-12@gcp-sa-cloudbuild.iam.gserviceaccount.com', 'service', '12'],
    ['serviceAccount:service-12@evil-proj.iam.gserviceaccount.com', 'workload', 'evil-proj'],
    ['serviceAccount:12-abc123@developer.gserviceaccount.com', 'workload', '12'],
    ['serviceAccount:service-12@cloud-ml.google.com.iam.gserviceaccount.com', 'service', '12'],
    ['serviceAccount:service-12@cloud-tpu.iam.gserviceaccount.com', 'service', '12'],
    ['serviceAccount:x@nowhere.example', 'workload', 'x@nowhere.example'],
    ['serviceAccount:shop-prod.svc.id.goog[ns/app]', 'workload', 'shop-prod'],
    [`principal://${pool}/subject/repo:x`, 'workload', '12'],
    [`principalSet://${pool}/attribute.repository/o/r`, 'workload', '12'],
    [`principalSet://${pool}/group/builders`, 'group', '12'],
    [`principalSet://${pool}/*`, 'account', '12'],
    [`principal://${staff}/subject/alice`, 'person', 'staff'],
    [`principalSet://${staff}/*`, 'account', 'staff'],
    ['principalSet://cloudresourcemanager.googleapis.com/organizations/9/type/x', 'account', '9'],
    ['projectEditor:shop-prod', 'group', 'shop-prod'],
  ])('%s', (member, kind, home) => {
    const found = principalOf(member);
    expect(found?.kind).toBe(kind);
    expect(found?.home.kind === 'repositoryDefaults' ? 'repositoryDefaults' : found?.home.of).toBe(
      home,
    );
  });

  test('a deleted one has no access', () => {
    expect(principalOf('deleted:group:x@b.example?uid=1')).toBeNull();
  });

  test.each(['martian:x', 'principal://elsewhere/x', 'x'])('%s is not known', (member) => {
    expect(() => principalOf(member)).toThrow(/not known/);
  });
});

describe('conditions of grants', () => {
  const moment = {
    resource: 'projects/p/locations/l/repositories/r',
    now: new Date('2026-11-02T09:00:00Z'),
  };
  test.each([
    ['request.time < timestamp("2026-06-01T00:00:00Z")', 'never'],
    ['request.time < timestamp("2027-06-01T00:00:00Z")', 'now'],
    ['request.time > timestamp("2026-06-01T00:00:00Z")', 'now'],
    ['request.time >= timestamp("2027-06-01T00:00:00Z")', 'never'],
    ['request.time < timestamp("soon")', 'maybe'],
    ['resource.service == "storage.googleapis.com"', 'never'],
    ['resource.service == "artifactregistry.googleapis.com"', 'now'],
    ['resource.name == "projects/p/locations/l/repositories/other"', 'never'],
    ['resource.name == "projects/p/locations/l/repositories/r"', 'now'],
    ['resource.name.startsWith("projects/p/locations/l/repositories/other")', 'never'],
    ['resource.name.startsWith("projects/p/locations/l/repositories/r/packages/x")', 'maybe'],
    ['resource.name.startsWith("projects/p/locations/l")', 'now'],
    ['resource.name.startsWith("projects/")', 'now'],
    ['resource.name.startsWith("projects/415104041262/locations/x")', 'maybe'],
    ['request.time < timestamp("2026-06-01T00:00:00Z") && true', 'never'],
    ['request.time < timestamp("2027-06-01T00:00:00Z") && true', 'maybe'],
    ['request.time < timestamp("2026-06-01T00:00:00Z") || true', 'maybe'],
    ['!(request.time < timestamp("2026-06-01T00:00:00Z"))', 'maybe'],
    ['api.getAttribute("x", []).hasOnly(["y"])', 'maybe'],
  ])('%s: %s', (expression, holds) => {
    expect(holding(expression, moment)).toBe(holds);
  });

  test('a name or service says nothing of a project as a whole', () => {
    const project = { ...moment, resource: '' };
    expect(holding('resource.service == "storage.googleapis.com"', project)).toBe('maybe');
    expect(holding('resource.name == "projects/p/x"', project)).toBe('maybe');
  });
});

describe('filters of log sinks', () => {
  const entry = { project: 'p', log: 'data_access' } as const;
  test.each([
    ['', 'yes'],
    ['-- a remark\n', 'yes'],
    ['logName:"cloudaudit.googleapis.com"', 'yes'],
    ['logName:cloudaudit', 'yes'],
    ['LOG_ID("cloudaudit.googleapis.com/data_access")', 'yes'],
    ['log_id("cloudaudit.googleapis.com/activity")', 'no'],
    ['logName="projects/p/logs/cloudaudit.googleapis.com%2Fdata_access"', 'yes'],
    ['logName="projects/other/logs/cloudaudit.googleapis.com%2Fdata_access"', 'no'],
    [
      'logName=("projects/p/logs/cloudaudit.googleapis.com%2Factivity" OR "projects/p/logs/cloudaudit.googleapis.com%2Fdata_access")',
      'yes',
    ],
    ['NOT LOG_ID("cloudaudit.googleapis.com/activity")', 'yes'],
    ['NOT logName:"cloudaudit"', 'no'],
    ['-logName:"cloudaudit"', 'no'],
    ['protoPayload.serviceName="artifactregistry.googleapis.com"', 'yes'],
    ['protoPayload.serviceName!="artifactregistry.googleapis.com"', 'no'],
    ['resource.type="gce_instance"', 'no'],
    ['resource.type="gce_instance" OR logName:"cloudaudit"', 'yes'],
    ['resource.type="audited_resource" AND severity>=ERROR', 'no'],
    ['severity>=INFO', 'yes'],
    ['severity>=NOTICE', 'maybe'],
    ['(logName:"cloudaudit")', 'yes'],
    ['(logName:"cloudaudit"', 'maybe'],
    ['labels.team="x"', 'maybe'],
    ['labels.team="x" OR logName:"cloudaudit"', 'yes'],
    ['labels.team="x" AND resource.type="gce_instance"', 'no'],
    ['NOT labels.team="x"', 'maybe'],
    ['"any text"', 'maybe'],
    ['logName=~"cloudaudit"', 'maybe'],
    ['sample(insertId, 0.1)', 'maybe'],
    ['logName:"a" OR logName:"cloudaudit" AND labels.x="y"', 'maybe'],
  ])('%s: %s', (filter, taken) => {
    expect(takes(filter, entry)).toBe(taken);
  });

  test('one that is deep or long is not understood, and costs no time', () => {
    expect(takes('('.repeat(3000), entry)).toBe('maybe');
    expect(takes('NOT '.repeat(900), entry)).toBe('maybe');
    expect(takes(`logName:"${'a'.repeat(5000)}"`, entry)).toBe('maybe');
  });
});

describe('exemptions of Binary Authorization', () => {
  const repository = 'europe-docker.pkg.dev/p/shop';
  test.each([
    ['gke.gcr.io/**', false],
    ['*', true],
    ['**', true],
    ['*-docker.pkg.dev/p/*', true],
    ['europe-docker.pkg.dev/p/shop/*', true],
    ['europe-docker.pkg.dev/p/shop/web@sha256:*', true],
    ['europe-docker.pkg.dev/p/shop/web', true],
    ['europe-docker.pkg.dev/p/sh*', true],
    ['europe-docker.pkg.dev/p/shopping/*', false],
    ['us-docker.pkg.dev/p/shop/*', false],
  ])('%s: %s', (pattern, covers) => {
    expect(mayCover(pattern, repository)).toBe(covers);
  });
});

describe('refusals', () => {
  const reader = googleErrors(() => ['shop-prod', '12']);
  const refusal = (details: object) =>
    new HttpError('403', 'HTTP 403', {
      status: 403,
      headers: {},
      body: JSON.stringify({ error: { code: 403, message: 'no', details: [details] } }, null, 2),
    });
  const info = (consumer: string) => ({ reason: 'SERVICE_DISABLED', metadata: { consumer } });
  test.each([
    ['an API that is off in the project', refusal(info('projects/12')), 'ServiceDisabled'],
    ['one that is off elsewhere', refusal(info('projects/13')), 'ServiceDisabledElsewhere'],
    ['a perimeter', refusal({ violations: [{ type: 'VPC_SERVICE_CONTROLS' }] }), 'Perimeter'],
    ['a missing permission', refusal({ reason: 'IAM_PERMISSION_DENIED' }), '403'],
    ['gRPC: denied', Object.assign(new Error('x'), { code: 7 }), '403'],
    ['gRPC: exhausted', Object.assign(new Error('x'), { code: 8 }), '429'],
    ['gRPC: unavailable', Object.assign(new Error('x'), { code: 14 }), 'unreachable'],
    [
      'gRPC: off in the project',
      Object.assign(new Error('x'), {
        code: 7,
        reason: 'SERVICE_DISABLED',
        errorInfoMetadata: { consumer: 'projects/shop-prod' },
      }),
      'ServiceDisabled',
    ],
    ['an answer that fits no message', new TypeError('x'), 'undecodable'],
  ])('%s', (_what, error, code) => {
    expect(reader.codeOf(error)).toBe(code);
  });

  test.each([
    ['SERVICE_DISABLED', { consumer: 'projects/12' }, 'enable the API in the audited project'],
    ['SERVICE_DISABLED', { consumer: 'projects/13' }, 'in the project of the credentials'],
    ['SECURITY_POLICY_VIOLATED', {}, 'ingress rule of the perimeter'],
    ['USER_PROJECT_DENIED', {}, 'quota project'],
    ['ORG_RESTRICTION_VIOLATION', {}, 'no role helps'],
  ])('%s %j has a cure of its own, because no role helps', async (reason, metadata, cure) => {
    const call = () => Promise.reject(refusal({ reason, metadata }));
    const found = await ask('ListSinks', operations.ListSinks, reader, call, () => 0);
    expect(found).toMatchObject({ state: 'unknown', why: 'denied' });
    expect(found.from.cure).toContain(cure);
  });

  test('a token that is not taken is a matter of signing in', async () => {
    const call = () => Promise.reject(new HttpError('401', 'HTTP 401'));
    const found = await ask('ListSinks', operations.ListSinks, reader, call, () => 0);
    expect(found.from.cure).toContain('gcloud auth application-default login');
  });
});

describe('cleanup policies', () => {
  const old = { action: 'DELETE', condition: { olderThan: '2592000s' } };
  const rules = (cleanupPolicies: object) => {
    const read = retention({ cleanupPolicies });
    return read.mode === 'rules' ? read.rules : read.mode;
  };

  test('one rule for each tag prefix, any of which is enough', () => {
    const condition = { tagState: 'TAGGED', tagPrefixes: ['dev-', 'pr-'], olderThan: '86400s' };
    expect(rules({ a: { action: 'DELETE', condition } })).toMatchObject([
      { selects: 'tagged', patterns: ['dev-*'], keeps: { mode: 'days', days: 1 } },
      { selects: 'tagged', patterns: ['pr-*'] },
    ]);
  });

  test('what is kept while it is young lives as long as that', () => {
    const young = { action: 'KEEP', condition: { newerThan: '7776000s' } };
    expect(rules({ old, young })).toMatchObject([{ keeps: { mode: 'days', days: 90 } }]);
  });

  test('one for some packages makes no claim about untagged images', () => {
    const condition = { packageNamePrefixes: ['dev'], olderThan: '86400s' };
    expect(rules({ a: { action: 'DELETE', condition } })).toMatchObject([{ selects: 'tagged' }]);
    const untagged = { ...condition, tagState: 'UNTAGGED' };
    expect(rules({ a: { action: 'DELETE', condition: untagged } })).toMatchObject([
      { removes: false },
    ]);
  });

  test.each([
    { action: 'DELETE', mostRecentVersions: { keepCount: 5 } },
    { action: 'DELETE' },
    { action: 'DELETE', condition: { olderThan: 'a month' } },
    { action: 'ARCHIVE', condition: {} },
  ])('%j is refused', (policy) => {
    expect(() => rules({ policy })).toThrow();
  });
});

describe('upstreams of remote repositories', () => {
  const of = (remoteRepositoryConfig: object) => upstream({ remoteRepositoryConfig });
  const hub = { dockerRepository: { publicRepository: 'DOCKER_HUB' } };

  test('Docker Hub by its name, others by their address', () => {
    expect(of(hub)).toMatchObject({ url: 'https://registry-1.docker.io', part: '' });
    const custom = { customRepository: { uri: 'http://r.example/v2/team/' } };
    expect(of({ dockerRepository: custom })).toMatchObject({
      transport: 'plain-http',
      part: 'team',
    });
    expect(of({ commonRepository: { uri: 'https://r.example' } }).transport).toBe('verified-tls');
  });

  test.each([
    {},
    { dockerRepository: {} },
    { dockerRepository: { publicRepository: 'QUAY' } },
    { commonRepository: { uri: 'ftp://r.example' } },
    { ...hub, upstreamCredentials: { tokenCredentials: {} } },
  ])('%j is refused', (config) => {
    expect(() => of(config)).toThrow();
  });
});

describe('the images a repository is judged by', () => {
  const row = (digest: string, more: Partial<ImageRow> = {}): ImageRow => ({
    uri: digest,
    image: 'app',
    digest,
    tags: ['v1'],
    uploadedAt: 1,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: '',
    members: [],
    ...more,
  });

  test('are no signatures, charts or manifests with a subject', () => {
    const rows = [
      row('a'),
      row('b', { tags: [`sha256-${'0'.repeat(64)}.sig`] }),
      row('c', { artifactType: 'application/vnd.cncf.helm.config.v1+json' }),
      row('d', { artifactType: 'application/vnd.oci.image.manifest.v1+json', tags: [] }),
    ];
    expect(chosen(rows, 5, []).map(({ digest }) => digest)).toEqual(['a']);
  });

  test('may have a subject: what has a tag is pulled by it', () => {
    const artifactType = 'application/vnd.oci.image.manifest.v1+json';
    expect(chosen([row('a', { artifactType })], 5, [])).toHaveLength(1);
  });

  test('are the newest untagged ones where nothing is tagged', () => {
    const rows = [row('a', { tags: [] }), row('b', { tags: [], uploadedAt: 2 })];
    expect(chosen(rows, 1, []).map(({ digest }) => digest)).toEqual(['b']);
  });
});
