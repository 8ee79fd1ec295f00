import { describe, expect, test } from 'vitest';
import { credentialReport } from '../../src/providers/ecr/decode/credential-report.ts';
import * as images from '../../src/providers/ecr/decode/images.ts';
import { retention } from '../../src/providers/ecr/decode/lifecycle.ts';
import { privateEndpoints } from '../../src/providers/ecr/decode/network.ts';
import * as registry from '../../src/providers/ecr/decode/registry.ts';
import { encryption, kmsKey, tagLock } from '../../src/providers/ecr/decode/repository.ts';
import * as scanning from '../../src/providers/ecr/decode/scanning.ts';
import {
  eventDataStore,
  selectedEvents,
  trail,
  trailStatus,
} from '../../src/providers/ecr/decode/trails.ts';
import { signInOf } from '../../src/providers/ecr/facts/users.ts';
import { Inconclusive, Pending } from '../../src/providers/facts.ts';

const wildcard = (filter: string) => ({ filterType: 'WILDCARD', filter });

describe('tag mutability', () => {
  test.each([
    [{}, { mode: 'none' }],
    [{ imageTagMutability: 'MUTABLE' }, { mode: 'none' }],
    [{ imageTagMutability: 'IMMUTABLE' }, { mode: 'all' }],
    [
      {
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [wildcard('latest'), wildcard('sha256-*')],
      },
      { mode: 'all-except', patterns: ['latest', 'sha256-*'] },
    ],
    [
      {
        imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [wildcard('v*')],
      },
      { mode: 'only', patterns: ['v*'] },
    ],
  ])('%j', (raw, lock) => {
    expect(tagLock(raw)).toEqual(lock);
  });

  test.each([
    [{ imageTagMutability: 'FROZEN' }],
    [{ imageTagMutability: 7 }],
    [{ imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }],
    [
      {
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'REGEX', filter: '.*' }],
      },
    ],
  ])('%j is not understood', (raw) => {
    expect(() => tagLock(raw)).toThrow();
  });
});

describe('encryption', () => {
  test.each([
    [{}, 'platform'],
    [{ encryptionConfiguration: { encryptionType: 'AES256' } }, 'platform'],
    [{ encryptionConfiguration: { encryptionType: 'KMS' } }, 'platform'],
    [{ encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'arn:key' } }, 'kms'],
    [{ encryptionConfiguration: { encryptionType: 'KMS_DSSE', kmsKey: 'arn:key' } }, 'kms'],
  ])('%j is %s', (raw, kind) => {
    expect(encryption(raw).kind).toBe(kind);
  });

  test('a type that is new is not understood', () => {
    expect(() => encryption({ encryptionConfiguration: { encryptionType: 'QUANTUM' } })).toThrow(
      'QUANTUM',
    );
  });

  test.each([
    ['CUSTOMER', 'Enabled', true, { ownedBy: 'customer', unusable: '' }],
    ['AWS', 'Enabled', true, { ownedBy: 'platform', unusable: '' }],
    ['CUSTOMER', 'Disabled', false, { ownedBy: 'customer', unusable: 'Disabled' }],
    ['CUSTOMER', 'PendingDeletion', false, { ownedBy: 'customer', unusable: 'PendingDeletion' }],
    ['CUSTOMER', 'Enabled', false, { ownedBy: 'customer', unusable: 'Enabled' }],
  ])('a %s key that is %s (%s)', (KeyManager, KeyState, Enabled, expected) => {
    expect(kmsKey({ KeyMetadata: { KeyManager, KeyState, Enabled } })).toEqual(expected);
  });
});

describe('scanning', () => {
  const rule = (scanFrequency: string, ...filters: string[]) => ({
    scanFrequency,
    repositoryFilters: filters.map(wildcard),
  });
  const configured = (scanType: string, ...rules: object[]) =>
    scanning.scanningRegistry({ scanningConfiguration: { scanType, rules } });

  test('a region without the feature scans nothing', () => {
    expect(scanning.scanningRegistry(null)).toEqual({ type: 'unavailable', everyPush: false });
  });

  test.each([
    [[rule('SCAN_ON_PUSH', '*')], true],
    [[rule('CONTINUOUS_SCAN', 'prod*', '*')], true],
    [[rule('MANUAL', '*')], false],
    [[rule('SCAN_ON_PUSH', 'prod-*')], false],
    [[], false],
  ])('%j scans every push: %s', (rules, everyPush) => {
    expect(configured('BASIC', ...rules).everyPush).toBe(everyPush);
  });

  test.each([
    ['NEW_TYPE', rule('SCAN_ON_PUSH', '*')],
    ['BASIC', rule('HOURLY', '*')],
  ])('%s with %j is not understood', (type, one) => {
    expect(() => configured(type, one)).toThrow('expected');
  });

  const effective = (frequency: scanning.Frequency, ownFlag = false) => ({
    repository: 'r',
    frequency,
    ownFlag,
  });
  test.each<[scanning.ScanType, scanning.Frequency, boolean, scanning.Inspector, string]>([
    ['BASIC', 'SCAN_ON_PUSH', false, 'not asked', 'push'],
    ['BASIC', 'MANUAL', false, 'not asked', 'off'],
    ['BASIC', 'MANUAL', true, 'not asked', 'push'],
    ['ENHANCED', 'CONTINUOUS_SCAN', false, 'ENABLED', 'continuous'],
    ['ENHANCED', 'SCAN_ON_PUSH', false, 'ENABLED', 'push'],
    ['ENHANCED', 'MANUAL', true, 'ENABLED', 'off'],
    ['ENHANCED', 'CONTINUOUS_SCAN', true, 'DISABLED', 'off'],
    ['ENHANCED', 'CONTINUOUS_SCAN', true, 'ENABLING', 'off'],
    ['ENHANCED', 'CONTINUOUS_SCAN', true, 'SUSPENDED', 'off'],
    ['unavailable', 'SCAN_ON_PUSH', true, 'not asked', 'off'],
  ])('%s, %s, own flag %s, Inspector %s: %s', (type, frequency, flag, inspector, expected) => {
    const scan = scanning.pushScan(type, effective(frequency, flag), inspector);
    expect(scan.mode === 'on' ? scan.trigger : scan.mode).toBe(expected);
  });

  test('only continuous scanning by an enabled Inspector scans again', () => {
    expect(scanning.rescan('ENHANCED', effective('CONTINUOUS_SCAN'), 'ENABLED', 14)).toMatchObject({
      mode: 'on',
      days: 14,
    });
    expect(scanning.rescan('ENHANCED', effective('SCAN_ON_PUSH'), 'ENABLED', 14).mode).toBe('off');
    expect(scanning.rescan('ENHANCED', effective('CONTINUOUS_SCAN'), 'DISABLED', 14).mode).toBe(
      'off',
    );
    expect(scanning.rescan('BASIC', effective('SCAN_ON_PUSH'), 'not asked', null).mode).toBe('off');
  });

  test.each([
    ['LIFETIME', null],
    ['DAYS_30', 30],
  ])('%s is %s days', (rescanDuration, days) => {
    expect(
      scanning.rescanDays({ ecrConfiguration: { rescanDurationState: { rescanDuration } } }),
    ).toBe(days);
  });

  test.each([
    [{}],
    [{ ecrConfiguration: {} }],
    [{ ecrConfiguration: { rescanDurationState: { rescanDuration: 'WEEKS_2' } } }],
  ])('%j has no duration', (raw) => {
    expect(() => scanning.rescanDays(raw)).toThrow();
  });

  test('the state of another account is not ours', () => {
    const answer = {
      accounts: [{ accountId: '2', resourceState: { ecr: { status: 'ENABLED' } } }],
    };
    expect(() => scanning.inspectorState('1')(answer)).toThrow('no entry for 1');
    expect(scanning.inspectorState('2')(answer)).toBe('ENABLED');
  });
});

describe('lifecycle policies', () => {
  const policy = (...rules: object[]) =>
    retention({ lifecyclePolicyText: JSON.stringify({ rules }) });
  const rule = (selection: object, type = 'expire') => ({
    rulePriority: 1,
    selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5, ...selection },
    action: type === 'transition' ? { type, targetStorageClass: 'archive' } : { type },
  });

  test('none is none', () => expect(retention(null)).toEqual({ mode: 'none' }));

  test.each([
    [
      rule({}),
      { selects: 'any', patterns: [], removes: true, keeps: { mode: 'newest', images: 5 } },
    ],
    [rule({}, 'transition'), { removes: false, archives: true }],
    [
      rule({
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: 14,
      }),
      { selects: 'untagged', keeps: { mode: 'days', days: 14, since: 'push' } },
    ],
    [
      rule({ countType: 'sinceImagePulled', countUnit: 'days' }),
      { keeps: { mode: 'days', days: 5, since: 'pull' } },
    ],
    [
      rule({ countType: 'sinceImageTransitioned', countUnit: 'days' }),
      { keeps: { mode: 'days', days: 5, since: 'archive' } },
    ],
    [rule({ tagStatus: 'tagged', tagPrefixList: ['v', 'rel-'] }), { patterns: ['v*', 'rel-*'] }],
    [rule({ tagStatus: 'tagged', tagPatternList: ['prod*web'] }), { patterns: ['prod*web'] }],
  ])('%j', (raw, expected) => {
    expect(policy(raw)).toMatchObject({ mode: 'rules', rules: [expected] });
  });

  test.each([
    ['a new count', rule({ countType: 'sinceMoonrise' })],
    ['a new action', rule({}, 'hide')],
    ['a new status', rule({ tagStatus: 'starred' })],
    ['a tagged rule that names no tags', rule({ tagStatus: 'tagged' })],
    [
      'a rule for untagged images that names tags',
      rule({ tagStatus: 'untagged', tagPrefixList: ['v'] }),
    ],
    [
      'pushes counted in the archive',
      rule({ countType: 'sinceImagePushed', countUnit: 'days', storageClass: 'archive' }),
    ],
    ['a limit of nothing', rule({ countNumber: 0 })],
    ['a limit below nothing', rule({ countNumber: -1 })],
    ['half an image', rule({ countNumber: 1.5 })],
    ['weeks', rule({ countType: 'sinceImagePushed', countUnit: 'weeks' })],
  ])('%s is not understood', (_name, raw) => {
    expect(() => policy(raw)).toThrow();
  });

  test('text that is no policy is not understood', () => {
    expect(() => retention({ lifecyclePolicyText: '{bad' })).toThrow('not JSON');
    expect(() => retention({ lifecyclePolicyText: '{"rules":[]}' })).toThrow('empty');
    expect(() => retention({})).toThrow('missing');
    expect(() => policy(rule({}), rule({}))).toThrow('rulePriority');
  });
});

describe('images', () => {
  const hex = (digit: string) => digit.repeat(64);
  const row = (digit: string, more: Partial<images.ImageRow> = {}): images.ImageRow => ({
    digest: `sha256:${hex(digit)}`,
    tags: [`tag-${digit}`],
    pushedAt: `2026-01-0${digit}T00:00:00.000Z`,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: null,
    subject: null,
    ...more,
  });
  const digest = `sha256:${hex('1')}`;
  const referrer = (artifactType: string) => row('9', { tags: [], subject: digest, artifactType });
  const tag = (suffix: string) => row('8', { tags: [`sha256-${hex('1')}${suffix}`] });

  test('the newest tagged images stand for a repository; referrers and their tags do not', () => {
    const rows = [row('1'), row('3'), row('2'), referrer('x'), tag('.sig'), row('4', { tags: [] })];
    expect(images.chosen(rows, 2, []).map(({ digest: one }) => one[7])).toEqual(['3', '2']);
    expect(images.chosen(rows, 2, ['tag-1']).map(images.nameOf)).toEqual([
      'tag-1 (sha256:111111111111)',
    ]);
    expect(images.chosen(rows, 2, ['none'])).toEqual([]);
  });

  test('an image that names a subject, or is of a type to come, is an image', () => {
    const config = 'application/vnd.oci.image.config.v1+json';
    const subject = `sha256:${hex('9')}`;
    const disguised = row('2', { artifactType: config, subject });
    const attachment = row('3', { artifactType: config, subject, tags: [] });
    const later = row('4', { artifactType: 'application/vnd.oci.image.config.v2+json' });
    const odd = row('5', { artifactType: 'NEW_WORD' });
    const chart = row('6', { artifactType: 'application/vnd.cncf.helm.config.v1+json' });
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const index = row('7', { mediaType, subject });
    const referring = row('8', { mediaType, subject, tags: [] });
    const rows = [disguised, attachment, later, odd, chart, index, referring];
    const chosen = images.chosen(rows, 9, []);
    expect(chosen.map(({ digest: one }) => one[7]).sort()).toEqual(['2', '4', '5', '7']);
  });

  test('where nothing is tagged, the newest untagged images stand for the repository', () => {
    const rows = [row('1', { tags: [] }), row('2', { tags: [] }), referrer('x'), tag('.sig')];
    expect(images.chosen(rows, 5, []).map(({ digest: one }) => one[7])).toEqual(['2', '1']);
  });

  test.each([
    ['a Notation signature', referrer('application/vnd.cncf.notary.signature'), 'signature'],
    ['an SBOM', referrer('application/spdx+json'), 'attestation'],
  ] as const)('%s is one kind and not the other', (_name, hanging, kind) => {
    const other = kind === 'signature' ? 'attestation' : 'signature';
    expect(images.attached([row('1'), hanging], digest, kind)).toHaveLength(1);
    expect(images.attached([row('1'), hanging], digest, other)).toEqual([]);
    expect(images.attached([row('1'), hanging], `sha256:${hex('2')}`, kind)).toEqual([]);
  });

  test.each([
    ['application/vnd.dev.sigstore.bundle.v0.3+json', 'may be a signature'],
    ['application/vnd.example', 'may be a signature'],
    ['application/vnd.in-toto+json', 'is no signature'],
  ])('%s may be an attestation and %s', (type, says) => {
    const rows = [row('1'), referrer(type)];
    expect(images.attached(rows, digest, 'signature')).toEqual([]);
    expect(images.attached(rows, digest, 'attestation')).toEqual([]);
    expect(images.ambiguous(rows, row('1'), 'attestation')).toEqual([type]);
    const signature = says === 'is no signature' ? [] : [type];
    expect(images.ambiguous(rows, row('1'), 'signature')).toEqual(signature);
  });

  test('a fallback tag of OCI referrers hides what hangs there', () => {
    expect(images.ambiguous([row('1'), tag('')], row('1'), 'signature')).toEqual([
      'an OCI referrers fallback tag',
    ]);
  });

  test.each([
    ['.sig', 'signature'],
    ['.att', 'attestation'],
    ['.sbom', 'attestation'],
  ] as const)('a tag %s is no %s by its name, and no lack of one', (suffix, kind) => {
    const rows = [row('1'), tag(suffix)];
    const other = kind === 'signature' ? 'attestation' : 'signature';
    expect(images.attached(rows, digest, kind)).toEqual([]);
    expect(images.ambiguous(rows, row('1'), kind)).toEqual([`cosign tag ${suffix}`]);
    expect(images.ambiguous(rows, row('1'), other)).toEqual([]);
  });

  test('an image with tags that are named after itself has nothing attached', () => {
    const tags = ['', '.sig', '.att', '.sbom'].map((end) => `sha256-${hex('1')}${end}`);
    const own = row('1', { tags: ['v1', ...tags] });
    for (const kind of ['signature', 'attestation'] as const) {
      expect(images.attached([own], digest, kind)).toEqual([]);
      expect(images.ambiguous([own], own, kind)).toEqual([]);
    }
  });

  test('an image index may hold attestations that the listing does not show', () => {
    const index = row('1', { mediaType: 'application/vnd.oci.image.index.v1+json' });
    expect(images.ambiguous([index], index, 'attestation')).toEqual(['an image index']);
    expect(images.ambiguous([index], index, 'signature')).toEqual([]);
  });

  const scan = (
    status: string,
    more: object = {
      findingSeverityCounts: { CRITICAL: 2 },
      imageScanCompletedAt: '2026-10-01T08:00:00Z',
    },
  ) => images.scanResult({ imageScanStatus: { status }, imageScanFindings: more });

  test('never scanned is missing, a result is counted', () => {
    expect(images.scanResult(null)).toEqual({ mode: 'missing' });
    expect(scan('COMPLETE')).toEqual({
      mode: 'finished',
      critical: 2,
      high: 0,
      at: '2026-10-01T08:00:00.000Z',
    });
    expect(scan('ACTIVE', { findingSeverityCounts: {} })).toEqual({
      mode: 'finished',
      critical: 0,
      high: 0,
    });
  });

  test.each([
    ['IN_PROGRESS', Pending],
    ['PENDING', Pending],
    ['FAILED', Inconclusive],
    ['UNSUPPORTED_IMAGE', Inconclusive],
    ['SCAN_ELIGIBILITY_EXPIRED', Inconclusive],
    ['FINDINGS_UNAVAILABLE', Inconclusive],
    ['LIMIT_EXCEEDED', Inconclusive],
    ['IMAGE_ARCHIVED', Inconclusive],
  ])('T12: %s is no result and not clean', (status, why) => {
    expect(() => scan(status)).toThrow(why);
  });

  test.each([
    [{ CRITICAL: 0, SEVERE: 3 }, 'SEVERE'],
    [{ critical: 3 }, 'critical'],
    [{ CRITICAL: -1 }, 'CRITICAL is -1'],
    [{ CRITICAL: 0.5 }, 'CRITICAL is 0.5'],
    [{ CRITICAL: null }, 'CRITICAL is null'],
  ])('the counts %j are not understood', (findingSeverityCounts, why) => {
    const imageScanFindings = { imageScanCompletedAt: new Date(0), findingSeverityCounts };
    const raw = { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings };
    expect(() => images.scanResult(raw)).toThrow(why);
  });

  test.each(['imageDigest', 'subjectManifestDigest'])(
    'a row whose %s is none is refused',
    (key) => {
      const raw = { imageDigest: digest, imagePushedAt: new Date(0), [key]: 'NEW_WORD' };
      expect(() => images.imageRow(raw)).toThrow('digest');
    },
  );

  test('a new status, or a result without counts, is not understood', () => {
    expect(() => scan('SLEEPING')).toThrow('SLEEPING');
    expect(() => scan('COMPLETE', {})).toThrow('gives no counts of findings');
    expect(() => scan('COMPLETE', { findingSeverityCounts: {} })).toThrow('imageScanCompletedAt');
  });
});

describe('registry settings', () => {
  const listed = registry.replicationRules({
    replicationConfiguration: {
      rules: [
        {
          destinations: [{ region: 'us-east-1', registryId: '1' }],
          repositoryFilters: [{ filterType: 'PREFIX_MATCH', filter: 'prod' }],
        },
        {
          destinations: [
            { region: 'us-east-1', registryId: '1' },
            { region: 'eu-west-3', registryId: '2' },
          ],
        },
      ],
    },
  });
  const rules = listed.map(registry.replicationRule);

  test('replication goes where a fitting rule says, each place once', () => {
    expect(registry.destinationsOf(rules, 'prod/app')).toHaveLength(2);
    expect(registry.destinationsOf(rules.slice(0, 1), 'dev/app')).toEqual([]);
    expect(() => registry.replicationRules({})).toThrow('replicationConfiguration is missing');
  });

  test('a cache rule owns the names below its prefix; ROOT owns no particular name', () => {
    const cache = [
      registry.cacheRule({
        ecrRepositoryPrefix: 'hub',
        upstreamRegistryUrl: 'registry-1.docker.io',
      }),
      registry.cacheRule({ ecrRepositoryPrefix: 'ROOT', upstreamRegistryUrl: 'public.ecr.aws' }),
    ];
    expect(registry.cacheOf(cache, 'hub/library/nginx')?.url).toBe('registry-1.docker.io');
    expect(registry.cacheOf(cache, 'hubris/app')).toBeNull();
    expect(cache[0]).toMatchObject({ upstreamPrefix: 'ROOT', stored: false });
  });

  test('the longest fitting template counts, ROOT last', () => {
    const template = (prefix: string, appliedFor = ['REPLICATION']) =>
      registry.creationTemplate({ prefix, appliedFor, imageTagMutability: 'IMMUTABLE' });
    const all = [
      template('ROOT'),
      template('prod'),
      template('prod/web'),
      template('dev', ['CREATE_ON_PUSH']),
    ];
    expect(registry.templateFor(all, 'REPLICATION', 'prod/web/app')?.prefix).toBe('prod/web');
    expect(registry.templateFor(all, 'REPLICATION', 'production')?.prefix).toBe('ROOT');
    expect(registry.templateFor(all.slice(1), 'REPLICATION', 'dev/app')).toBeNull();
    expect(() => template('x', ['DREAMS'])).toThrow('DREAMS');
  });

  test.each([['V1'], ['V2']])('scope %s is known', (value) =>
    expect(registry.policyScope({ value })).toBe(value),
  );
  test.each([[{}], [{ value: 'V3' }]])('scope %j is not', (raw) =>
    expect(() => registry.policyScope(raw)).toThrow(),
  );

  test('a signing rule without filters covers everything; a profile must be active and for images', () => {
    const signing = registry.signingRules({
      signingConfiguration: {
        rules: [
          { signingProfileArn: 'a' },
          {
            signingProfileArn: 'b',
            repositoryFilters: [{ filterType: 'WILDCARD_MATCH', filter: 'prod/*' }],
          },
        ],
      },
    });
    expect(registry.signingProfilesOf(signing, 'dev/x')).toEqual(['a']);
    expect(registry.signingProfilesOf(signing, 'prod/x')).toEqual(['a', 'b']);
    expect(registry.signingRules(null)).toEqual([]);
    expect(
      registry.signingProfileTrouble({ status: 'Active', platformId: 'Notation-OCI-SHA384-ECDSA' }),
    ).toBe('');
    expect(
      registry.signingProfileTrouble({
        status: 'Revoked',
        platformId: 'Notation-OCI-SHA384-ECDSA',
      }),
    ).toContain('revoked');
    expect(
      registry.signingProfileTrouble({ status: 'Active', platformId: 'AWSLambda-SHA384-ECDSA' }),
    ).toContain('not for images');
  });
});

describe('private endpoints', () => {
  const endpoint = (service: string, more: object = {}) => ({
    VpcEndpointId: `vpce-${service}`,
    VpcId: 'vpc-1',
    ServiceName: `com.amazonaws.eu-west-1.ecr.${service}`,
    State: 'available',
    PrivateDnsEnabled: true,
    ...more,
  });
  test.each([
    ['none', []],
    ['serving', [endpoint('api'), endpoint('dkr')]],
    ['incomplete', [endpoint('api')]],
    ['incomplete', [endpoint('api'), endpoint('dkr', { State: 'pendingAcceptance' })]],
    ['incomplete', [endpoint('api'), endpoint('dkr', { State: 'rejected' })]],
    ['incomplete', [endpoint('api'), endpoint('dkr', { PrivateDnsEnabled: false })]],
    ['incomplete', [endpoint('api'), endpoint('dkr', { VpcId: 'vpc-2' })]],
  ])('%s: %j', (mode, list) => {
    expect(privateEndpoints(list).mode).toBe(mode);
  });

  test('a new state is not understood', () => {
    expect(() => privateEndpoints([endpoint('api', { State: 'dreaming' })])).toThrow('dreaming');
  });
});

describe('trails', () => {
  const basic = (more: object) =>
    selectedEvents({
      EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ...more }],
    });
  const advanced = (...fields: object[]) =>
    selectedEvents({ AdvancedEventSelectors: [{ FieldSelectors: fields }] });
  const management = { Field: 'eventCategory', Equals: ['Management'] };

  test.each([
    ['all', basic({}), true, true],
    ['writes only', basic({ ReadWriteType: 'WriteOnly' }), true, false],
    ['reads only', basic({ ReadWriteType: 'ReadOnly' }), false, true],
    ['no management events', basic({ IncludeManagementEvents: false }), false, false],
    ['ECR excluded', basic({ ExcludeManagementEventSources: ['ecr.amazonaws.com'] }), false, false],
    ['advanced, all management', advanced(management), true, true],
    ['advanced, data only', advanced({ Field: 'eventCategory', Equals: ['Data'] }), false, false],
    [
      'advanced, writes',
      advanced(management, { Field: 'readOnly', Equals: ['false'] }),
      true,
      false,
    ],
    [
      'advanced, ECR left out',
      advanced(management, { Field: 'eventSource', NotEquals: ['ecr.amazonaws.com'] }),
      false,
      false,
    ],
    [
      'advanced, KMS left out',
      advanced(management, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }),
      true,
      true,
    ],
    [
      'advanced, another field narrows',
      advanced(management, { Field: 'userIdentity.arn', NotEquals: ['x'] }),
      false,
      false,
    ],
  ])('%s', (_name, found, write, read) => {
    expect(found).toEqual({ write, read });
  });

  test('an answer without any selectors is not understood', () => {
    expect(() => selectedEvents({})).toThrow('EventSelectors is missing');
    expect(() => basic({ ReadWriteType: 'Sometimes' })).toThrow('Sometimes');
  });

  test('a trail covers its home and, if it says so, other regions', () => {
    const raw = {
      TrailARN: 'arn',
      Name: 't',
      HomeRegion: 'eu-west-1',
      S3BucketName: 'b',
      IsMultiRegionTrail: false,
    };
    expect(trail(raw, 'eu-west-1')).toMatchObject({ covers: true, bucket: 'b', logGroup: null });
    expect(trail(raw, 'us-east-1').covers).toBe(false);
    expect(trail({ ...raw, IsMultiRegionTrail: true }, 'us-east-1').covers).toBe(true);
    expect(() => trail({ ...raw, IsMultiRegionTrail: undefined }, 'us-east-1')).toThrow(
      'IsMultiRegionTrail',
    );
    expect(trailStatus({ IsLogging: false, LatestDeliveryError: 'AccessDenied' })).toEqual({
      on: false,
      bucketTrouble: 'AccessDenied',
      logGroupTrouble: '',
    });
    expect(() => trailStatus({})).toThrow('IsLogging');
  });

  test('an event data store counts where it is or reaches, and while it ingests', () => {
    const raw = {
      Name: 's',
      EventDataStoreArn: 'arn:aws:cloudtrail:eu-west-1:1:eventdatastore/x',
      Status: 'ENABLED',
      MultiRegionEnabled: false,
      RetentionPeriod: 2557,
      TerminationProtectionEnabled: true,
      AdvancedEventSelectors: [{ FieldSelectors: [management] }],
    };
    expect(eventDataStore(raw, 'eu-west-1')).toMatchObject({
      on: true,
      days: 2557,
      protected: true,
      records: { write: true },
    });
    expect(eventDataStore(raw, 'us-east-1').records).toEqual({ write: false, read: false });
    expect(eventDataStore({ ...raw, Status: 'STOPPED_INGESTION' }, 'eu-west-1').on).toBe(false);
    expect(() => eventDataStore({ ...raw, RetentionPeriod: undefined }, 'eu-west-1')).toThrow(
      'RetentionPeriod',
    );
  });
});

describe('the credential report', () => {
  const header =
    'user,arn,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date';
  const report = (...rows: string[]) =>
    credentialReport({ Content: new TextEncoder().encode([header, ...rows].join('\n')) });
  const never = 'false,N/A,N/A';
  const root = `<root_account>,arn:root,not_supported,N/A,true,${never},${never}`;

  test('users are read; the root user has keys, and a password if it was used', () => {
    const rows = report(
      `<root_account>,arn:root,not_supported,2026-01-02T03:04:05+00:00,true,true,2020-01-01T00:00:00+00:00,no_information,${never}`,
      `anna,arn:anna,true,N/A,false,true,2025-01-02T03:04:05+00:00,N/A,${never}`,
    );
    expect(rows).toEqual([
      {
        user: 'root user',
        root: true,
        arn: 'arn:root',
        password: true,
        mfa: true,
        keys: [{ name: '(1)', rotatedAt: '2020-01-01T00:00:00.000Z', usedAt: null }],
      },
      {
        user: 'anna',
        root: false,
        arn: 'arn:anna',
        password: true,
        mfa: false,
        keys: [{ name: '(1)', rotatedAt: '2025-01-02T03:04:05.000Z', usedAt: null }],
      },
    ]);
  });

  test.each([
    ['a word that is no flag', `anna,arn,perhaps,N/A,false,${never},${never}`, 'perhaps'],
    ['a row cut short', 'anna,arn,true,N/A', 'mfa_active'],
    [
      'a date that is none',
      `anna,arn,true,N/A,false,true,yesterday,N/A,${never}`,
      'a date that is none',
    ],
  ])('%s is not understood', (_name, row, why) => {
    expect(() => report(row)).toThrow(why);
  });

  test.each([
    ['signs in with a password alone', '2026-01-02T03:04:05+00:00', 'false', 'local'],
    ['has a second factor', '2026-01-02T03:04:05+00:00', 'true', 'central'],
    ['was never signed in to', 'no_information', 'false', 'central'],
    ['has no password', 'N/A', 'false', 'central'],
  ])('a root user that %s', (_what, used, mfa, mode) => {
    const rows = report(
      `<root_account>,arn:root,not_supported,${used},${mfa},${never},${never}`,
      `bot,arn:bot,false,N/A,false,${never},${never}`,
    );
    expect(signInOf(rows)).toMatchObject(
      mode === 'local' ? { mode, withoutMfa: ['root user'] } : { mode },
    );
  });

  test('a report without the root user is no report', () => {
    const bytes = (text: string) => ({ Content: new TextEncoder().encode(text) });
    for (const text of ['', header, 'true', `${header}\nanna,arn,false,N/A,true,${never},${never}`])
      expect(() => credentialReport(bytes(text))).toThrow();
    expect(report(root)).toHaveLength(1);
  });

  test('a report without content is not an empty report', () => {
    expect(() => credentialReport({})).toThrow('Content is missing');
  });
});
