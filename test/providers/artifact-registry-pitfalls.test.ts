import { describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/artifact-registry/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { admissionPolicy } from '../../src/providers/artifact-registry/decode/binary-authorization.ts';
import { retention } from '../../src/providers/artifact-registry/decode/cleanup.ts';
import { imageRow } from '../../src/providers/artifact-registry/decode/images.ts';
import { accessLevel, perimeter } from '../../src/providers/artifact-registry/decode/perimeters.ts';
import { ancestors, project } from '../../src/providers/artifact-registry/decode/project.ts';
import { holding } from '../../src/providers/artifact-registry/facts/iam/condition.ts';
import { principalOf } from '../../src/providers/artifact-registry/facts/iam/member.ts';
import { takes } from '../../src/providers/artifact-registry/facts/log-filter.ts';
import { withRepository } from '../support/google/change.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';

const good = await scenario('all-good');

async function findingsOf(estate: Estate, faults: readonly Fault[] = []) {
  const { findings } = await scanEstate({ ...estate, faults });
  return (check: string, repository: string | null = null) =>
    findings.find((one) => one.check === check && one.repository === repository);
}

const word = (operation: string, field: string, value: unknown): Fault => ({
  kind: 'new-word',
  operation,
  field,
  value,
});

describe('what a server may answer to mislead', () => {
  test('an address that would break out of a filter is unknown, and ends no scan', async () => {
    const uri = 'europe-docker.pkg.dev/p/r/a" OR kind="NOTHING';
    const of = await findingsOf(good, [word('ListDockerImages', 'dockerImages[].uri', uri)]);
    expect(of('recent-images-scanned', 'shop')?.verdict).toBe('unknown');
    expect(of('recent-images-signed', 'shop')?.verdict).toBe('unknown');
    expect(of('tags-immutable', 'shop')?.verdict).toBe('pass');
  });

  test('counts of other images than those that were asked for say nothing', async () => {
    const bad = await scenario('all-bad');
    const other = word('GetVulnerabilitySummary', 'counts[].resourceUri', 'https://elsewhere/x');
    const before = await findingsOf(bad);
    const after = await findingsOf(bad, [other]);
    const repositories = ['web', 'shop', 'open', 'app', 'legacy', 'all', 'images'];
    const counted = repositories.filter(
      (name) => before('recent-images-clean', name)?.verdict === 'fail',
    );
    expect(counted).not.toEqual([]);
    for (const name of counted) {
      expect(after('recent-images-clean', name)?.verdict).toBe('unknown');
    }
  });

  test('an attestation that nobody has signed is no signature', async () => {
    const empty = word('ListOccurrences', 'occurrences[].attestation', {});
    const of = await findingsOf(good, [empty]);
    expect(of('recent-images-signed', 'shop')?.verdict).toBe('fail');
  });

  test.each([
    ['https://slsa.dev/provenance/v1', 'pass'],
    ['https://cosign.sigstore.dev/attestation/vuln/v1', 'fail'],
    ['https://openvex.dev/ns/v0.2.0', 'fail'],
    ['https://shop.example/new', 'unknown'],
    [undefined, 'unknown'],
  ])('an envelope that states %s attests the image: %s', async (predicateType, verdict) => {
    const notes = [
      {
        kind: 'DSSE_ATTESTATION',
        note: 'projects/shop-prod/notes/build',
        dsseAttestation: {
          ...(predicateType === undefined ? {} : { statement: { predicateType } }),
        },
      },
    ];
    const estate = withRepository(good, ({ images = [] }) => ({
      images: images.filter(({ name }) => name === 'web-1').map((one) => ({ ...one, notes })),
      attachments: [],
    }));
    const of = await findingsOf(estate);
    expect(of('recent-images-attested', 'shop')?.verdict).toBe(verdict);
    expect(of('recent-images-signed', 'shop')?.verdict).toBe('fail');
  });

  test.each([
    ['2026-11-01T04:00:00.000000Z', 'pass'],
    ['2026-01-01T04:00:00.000000Z', 'fail'],
    [undefined, 'fail'],
  ])('a scan of %s by what is switched off since: %s', async (lastScanTime, verdict) => {
    const vulnerabilityScanningConfig = { enablementState: 'SCANNING_DISABLED' };
    const estate = withRepository(good, ({ settings, images = [] }) => ({
      settings: { ...settings, vulnerabilityScanningConfig },
      images: images.map((one) => {
        const { lastScanTime: _, ...rest } = { lastScanTime: '', ...one.discovery };
        const told = lastScanTime === undefined ? rest : { ...rest, lastScanTime };
        return one.discovery === undefined ? one : { ...one, discovery: told };
      }),
    }));
    const of = await findingsOf(estate);
    expect(of('recent-images-scanned', 'shop')?.verdict).toBe(verdict);
  });

  test('keys of another project’s account are judged by their end', async () => {
    const members = ['serviceAccount:ci@other-proj.iam.gserviceaccount.com'];
    const key = {
      name: 'projects/other-proj/serviceAccounts/ci@other-proj.iam.gserviceaccount.com/keys/0123456789abcdef',
      keyType: 'USER_MANAGED',
      validAfterTime: '2020-01-01T00:00:00Z',
      validBeforeTime: '9999-12-31T23:59:59Z',
    };
    const of = await findingsOf(good, [
      word('GetRepositoryIamPolicy', 'bindings[].members', members),
      word('ListServiceAccountKeys', 'keys', [key]),
    ]);
    expect(of('tokens-expire')?.verdict).toBe('fail');
  });

  test('an organisation with nothing in the wanted locations is a registry that says so', async () => {
    const options = { organization: good.organization?.id, locations: ['asia-south1'] };
    const { findings } = await scanEstate(good, { address: '', options });
    expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(new Set(['not-applicable']));
  });

  test('an exemption of somebody deleted leaves no gap', async () => {
    const field = 'auditConfigs[].auditLogConfigs[].exemptedMembers';
    const gone = word('GetOrganizationIamPolicy', field, ['deleted:user:x@shop.example?uid=1']);
    const here = word('GetOrganizationIamPolicy', field, ['user:x@shop.example']);
    expect((await findingsOf(good, [gone]))('audit-log-on')?.verdict).toBe('pass');
    expect((await findingsOf(good, [here]))('audit-log-on')?.verdict).toBe('fail');
  });

  test('an empty page that is not the last does not hide a location', async () => {
    const faults: Fault[] = [
      { kind: 'denied', operation: 'SearchAllResources' },
      word('ListRepositories', 'repositories', []),
      word('ListRepositories', 'nextPageToken', 'more'),
    ];
    const { findings } = await scanEstate({ ...good, faults }, { address: 'shop-prod' });
    expect(findings.find(({ check }) => check === 'tags-immutable')?.verdict).toBe('unknown');
  });

  test('what a policy above proves is a fail, though that of the repository is denied', async () => {
    const traps = await scenario('traps');
    const denied: Fault = { kind: 'denied', operation: 'GetRepositoryIamPolicy' };
    const verdict = async (address: string, repository: string) => {
      const { findings } = await scanEstate({ ...traps, faults: [denied] }, { address });
      const of = (one: (typeof findings)[number]) =>
        one.check === 'anonymous-pull-off' && one.repository === repository;
      return findings.find(of)?.verdict;
    };
    expect(await verdict('trap-two', 'inherited-public')).toBe('fail');
    expect(await verdict('trap-one', 'tags-unset')).toBe('unknown');
  });
});

test.each(['projects/shop-prod', 'projects/', '415104041262', 'folders/12'])(
  'a project called %s has no number by which perimeters would name it',
  (name) => {
    expect(() => project({ name, projectId: 'shop-prod', state: 'ACTIVE' })).toThrow(/number/);
  },
);

describe('an ancestry', () => {
  const entry = (type: string, id: string) => ({ resourceId: { type, id } });
  const of = (...ancestor: object[]) => ancestors({ ancestor });
  test('may end with the project, else with an organisation', () => {
    expect(of(entry('project', 'p'))).toEqual([]);
    expect(of(entry('project', 'p'), entry('folder', '1'), entry('organization', '2'))).toEqual([
      { kind: 'folder', id: '1' },
      { kind: 'organization', id: '2' },
    ]);
  });
  test('that is cut at a folder hides policies', () => {
    expect(() => of(entry('project', 'p'), entry('folder', '1'))).toThrow(/organisation/);
    expect(() =>
      of(entry('project', 'p'), entry('organization', '2'), entry('folder', '1')),
    ).toThrow(/organisation/);
  });
});

describe('perimeters', () => {
  test('a rule that names roles lets their holders at every service', () => {
    const status = {
      ingressPolicies: [
        {
          ingressFrom: { sources: [{ accessLevel: '*' }], identityType: 'ANY_IDENTITY' },
          ingressTo: { resources: ['*'], roles: ['roles/artifactregistry.reader'] },
        },
      ],
    };
    expect(perimeter({ title: 't', status }).inForce?.ingress[0]?.services).toEqual(['*']);
  });

  test('conditions that are joined in a new way are not known', () => {
    const conditions = [{ ipSubnetworks: ['198.51.100.0/24'] }, {}];
    expect(() =>
      accessLevel({ name: 'n', basic: { conditions, combiningFunction: 'XOR' } }),
    ).toThrow(/combiningFunction/);
  });
});

describe('conditions that only look as if they could not hold', () => {
  const moment = {
    resource: 'projects/p/locations/l/repositories/r',
    now: new Date('2026-11-02T09:00:00Z'),
  };
  const ended = 'request.time < timestamp("2026-06-01T00:00:00Z")';
  test.each([
    `true // && ${ended}`,
    `(true && ${ended} && true) == false`,
    `[true && ${ended} && true].size() == 1`,
    String.raw`resource.name.endsWith("\" && request.time < timestamp('2026-06-01T00:00:00Z') && \"")`,
  ])('%s', (expression) => {
    expect(holding(expression, moment)).toBe('maybe');
  });
});

describe('filters of log sinks', () => {
  const entry = { project: 'p', log: 'data_access' } as const;
  test.each([
    // Comparisons do not mind case (logging query language).
    ['NOT resource.type="AUDITED_RESOURCE"', 'no'],
    ['NOT LOG_ID("CloudAudit.googleapis.com/data_access")', 'no'],
    ['NOT logName:*', 'no'],
    ['protoPayload.serviceName:*', 'yes'],
    // Names of logs are encoded in logName and plain in LOG_ID; the other way round is not documented.
    ['logName="projects/p/logs/cloudaudit.googleapis.com/data_access"', 'maybe'],
    ['logName:"cloudaudit.googleapis.com/data_access"', 'maybe'],
    ['logName:"logs/cloudaudit.googleapis.com"', 'yes'],
    ['LOG_ID("cloudaudit.googleapis.com%2Fdata_access")', 'maybe'],
    ['logName:("a OR cloudaudit")', 'no'],
    ['NOT logName:("cloudaudit" "data_access")', 'maybe'],
    ['NOT logName:(NOT "cloudaudit")', 'maybe'],
    // Audit entries have a payload of another kind.
    ['textPayload:"error"', 'no'],
    ['jsonPayload.status="x" AND resource.type="audited_resource"', 'no'],
    ['jsonPayload.status!="x"', 'maybe'],
    ['severity=ERROR', 'no'],
    ['severity=INFO', 'maybe'],
  ])('%s: %s', (filter, taken) => {
    expect(takes(filter, entry)).toBe(taken);
  });
});

describe('cleanup policies that remove less than they seem to', () => {
  const rules = (cleanupPolicies: object) => {
    const read = retention({ cleanupPolicies });
    return read.mode === 'rules' ? read.rules : read.mode;
  };
  const deleting = (condition: object) => ({ action: 'DELETE', condition });

  test('nothing is both older and younger', () => {
    const never = deleting({ olderThan: '7776000s', newerThan: '2592000s' });
    expect(rules({ never })).toMatchObject([{ removes: false }]);
  });

  test('what has no tag has none with a prefix', () => {
    expect(() => rules({ a: deleting({ tagState: 'UNTAGGED', tagPrefixes: ['v'] }) })).toThrow();
  });

  test('for some packages, beside one that keeps some packages', () => {
    const some = deleting({ packageNamePrefixes: ['dev'], olderThan: '86400s' });
    const keep = { action: 'KEEP', condition: { packageNamePrefixes: ['dev'] } };
    expect(() => rules({ some, keep })).toThrow(/some packages/);
  });

  test('untagged images of some packages are kept', () => {
    const all = deleting({ olderThan: '86400s' });
    const keep = { action: 'KEEP', condition: { packageNamePrefixes: ['dev'] } };
    expect(rules({ all, keep })).toMatchObject([{ selects: 'tagged', removes: true }]);
  });
});

describe('new words', () => {
  test('a kind of manifest that is not known may be an image', () => {
    const row = {
      name: `projects/p/locations/l/repositories/r/dockerImages/a@sha256:${'0'.repeat(64)}`,
      uri: 'l-docker.pkg.dev/p/r/a@sha256:0',
      uploadTime: { seconds: '1', nanos: 0 },
      artifactType: '',
    };
    const oci = 'application/vnd.oci.image.manifest.v1+json';
    expect(imageRow({ ...row, mediaType: oci }).mediaType).toBe(oci);
    expect(() => imageRow({ ...row, mediaType: 'application/vnd.oci.image.v2+json' })).toThrow();
  });

  test('admission rules for something that is not known may let images in', () => {
    const rule = {
      evaluationMode: 'ALWAYS_ALLOW',
      enforcementMode: 'ENFORCED_BLOCK_AND_AUDIT_LOG',
    };
    expect(() =>
      admissionPolicy({ defaultAdmissionRule: rule, moonAdmissionRules: { x: rule } }),
    ).toThrow(/moonAdmissionRules/);
  });
});

test('agents of Google belong to whom they work for', () => {
  const home = (email: string) => principalOf(`serviceAccount:${email}`)?.home;
  expect(home('service-12@gcp-gae-service.iam.gserviceaccount.com')).toEqual({
    kind: 'project',
    of: '12',
  });
  expect(home('service-org-9@gcp-sa-logging.iam.gserviceaccount.com')).toEqual({
    kind: 'organization',
    of: '9',
  });
  expect(home('service-org-9@evil-proj.iam.gserviceaccount.com')).toEqual({
    kind: 'project',
    of: 'evil-proj',
  });
});

test('a cleanup policy that keeps untagged images beside one that keeps some tags spares those alone', () => {
  const found = retention({
    cleanupPolicies: {
      all: { action: 'DELETE', condition: {} },
      releases: { action: 'KEEP', condition: { tagState: 'TAGGED', tagPrefixes: ['v'] } },
      bare: { action: 'KEEP', condition: { tagState: 'UNTAGGED' } },
    },
  });
  expect(found).toMatchObject({
    mode: 'rules',
    rules: [{ selects: 'tagged', removes: true, spares: ['v*'] }],
  });
});
