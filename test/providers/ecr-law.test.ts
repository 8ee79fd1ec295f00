import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { operationsOf, permissionsFor } from '../../src/catalogue/coverage.ts';
import type { Estate } from '../../src/demo/aws/estate.ts';
import type { Fault } from '../../src/demo/aws/fault.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import type { Unmarked } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/ecr/index.ts';
import { type OperationName, operations } from '../../src/providers/ecr/operations.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

/*
 * The law: spoil any one API call, in any way, and no check that rests on it passes or fails. Nothing
 * here knows which check rests on which call: that is found out by scanning with one check at a time.
 */

const kinds = [
  'denied',
  'throttled',
  'unreachable',
  'cut-off',
  'server-error-html',
  'empty-body',
  'malformed-body',
  'not-implemented',
] as const;

/** New words, and fields that must be there, for each operation whose answer has such. */
const fields: Readonly<Partial<Record<OperationName, readonly [field: string, word?: unknown][]>>> =
  {
    DescribeRepositories: [
      ['repositories[].repositoryName'],
      ['repositories[].repositoryArn'],
      ['repositories'],
    ],
    DescribeRegistry: [
      ['replicationConfiguration'],
      ['replicationConfiguration.rules[].destinations[].region'],
    ],
    GetRegistryPolicy: [['policyText'], ['policyText', '{"Statement":[{"Effect":"Perhaps"}]}']],
    GetRegistryScanningConfiguration: [
      ['scanningConfiguration'],
      ['scanningConfiguration.scanType'],
      ['scanningConfiguration.scanType', 'PSYCHIC'],
    ],
    BatchGetRepositoryScanningConfiguration: [
      ['scanningConfigurations'],
      ['scanningConfigurations[].scanFrequency'],
      ['scanningConfigurations[].scanFrequency', 'MONTHLY'],
      ['scanningConfigurations[].scanOnPush'],
      ['scanningConfigurations[].repositoryName'],
    ],
    GetRepositoryPolicy: [
      ['policyText'],
      ['policyText', '{bad'],
      [
        'policyText',
        '{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:*","Until":"noon"}}',
      ],
    ],
    GetLifecyclePolicy: [
      ['lifecyclePolicyText'],
      ['lifecyclePolicyText', '{"rules":[{"rulePriority":1}]}'],
    ],
    DescribeImages: [
      ['imageDetails'],
      ['imageDetails[].imageDigest'],
      ['imageDetails[].imagePushedAt'],
    ],
    DescribeImageScanFindings: [
      ['imageScanStatus'],
      ['imageScanStatus.status'],
      ['imageScanStatus.status', 'DREAMING'],
      ['imageScanFindings'],
    ],
    GetSigningConfiguration: [
      ['signingConfiguration'],
      ['signingConfiguration.rules[].signingProfileArn'],
    ],
    GetAccountSetting: [['value'], ['value', 'V3']],
    DescribePullThroughCacheRules: [['pullThroughCacheRules']],
    DescribeRepositoryCreationTemplates: [
      ['repositoryCreationTemplates'],
      ['repositoryCreationTemplates[].appliedFor', ['MOONRISE']],
    ],
    BatchGetAccountStatus: [
      ['accounts'],
      ['accounts[].resourceState.ecr.status'],
      ['accounts[].resourceState.ecr.status', 'DOZING'],
    ],
    GetConfiguration: [
      ['ecrConfiguration'],
      ['ecrConfiguration.rescanDurationState.rescanDuration', 'EONS'],
    ],
    GetSigningProfile: [['status'], ['status', 'Tired'], ['platformId']],
    DescribeKey: [
      ['KeyMetadata'],
      ['KeyMetadata.KeyManager'],
      ['KeyMetadata.KeyManager', 'NEIGHBOUR'],
      ['KeyMetadata.KeyState', 'Lost'],
      ['KeyMetadata.Enabled'],
    ],
    DescribeTrails: [['trailList'], ['trailList[].HomeRegion'], ['trailList[].S3BucketName']],
    GetTrailStatus: [['IsLogging']],
    GetEventSelectors: [
      ['EventSelectors'],
      ['EventSelectors[].ReadWriteType', 'Sometimes'],
      ['EventSelectors[].IncludeManagementEvents'],
    ],
    ListEventDataStores: [['EventDataStores']],
    GetEventDataStore: [['Status'], ['Status', 'ASLEEP'], ['RetentionPeriod']],
    DescribeOrganization: [['Organization'], ['Organization.Id']],
  };

const wire = (name: OperationName) => `${operations[name].service}:${operations[name].command}`;

/**
 * An account in which most calls matter; and the same without trails, so that event data stores decide,
 * and with a grant to an organisation, so that it matters which one is ours.
 */
async function estates(): Promise<readonly Estate[]> {
  const good = await scenario('all-good');
  const [region = ''] = Object.keys(good.regions);
  const here = good.regions[region];
  const web = here?.repositories?.['shop/web'];
  if (here === undefined || web === undefined) throw new Error('all-good has changed');
  const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
  const toOrganization = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'ecr:BatchGetImage',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  };
  const denial = { Effect: 'Deny', Principal: '*', Action: 'ecr:DeleteRepository' };
  const template = {
    prefix: 'ROOT',
    appliedFor: ['CREATE_ON_PUSH'],
    imageTagMutability: 'IMMUTABLE',
  };
  const registry = { ...here.registry, creationTemplates: [template] };
  const withRegion = (changed: Estate['regions'][string]) => ({
    ...good,
    regions: { ...good.regions, [region]: changed },
  });
  return [
    withRegion({
      ...here,
      registry,
      repositories: { 'shop/web': { ...web, policy: policy(denial) } },
    }),
    withRegion({
      ...here,
      registry,
      trails: {},
      repositories: { 'shop/web': { ...web, policy: policy(toOrganization) } },
    }),
  ];
}

interface Resting {
  readonly estate: Estate;
  readonly checks: readonly AnyCheck[];
}

const listing = new Set<string>(provider.listing(collectPlan(checks)));
/** Calls by check, as they really came. */
const made = new Map<string, Set<string>>();
const resting = new Map<OperationName, Resting[]>();
const names = Object.keys(operations) as OperationName[];
const options = { regions: 'all' };

beforeAll(async () => {
  for (const estate of await estates()) {
    for (const check of checks) {
      const needed = new Set(operationsOf([{ ...check, excusedBy: [] }], provider));
      const { calls } = await scanEstate(estate, { checks: [check], options });
      made.set(check.id, new Set([...(made.get(check.id) ?? []), ...calls.keys()]));
      for (const name of names) {
        if ((calls.get(wire(name)) ?? 0) === 0 || !(needed.has(name) || listing.has(name)))
          continue;
        const known = resting.get(name) ?? [];
        const same = known.find((one) => one.estate === estate);
        if (same === undefined) resting.set(name, [...known, { estate, checks: [check] }]);
        else
          resting.set(name, [
            ...known.filter((one) => one !== same),
            { estate, checks: [...same.checks, check] },
          ]);
      }
    }
  }
}, 120_000);

/** What of a scan rests on an operation: ECR Public's list says nothing about private registries. */
function concerned(name: OperationName, findings: readonly Unmarked[]): readonly Unmarked[] {
  if (name !== 'DescribePublicRepositories' && name !== 'DescribeRepositories') return findings;
  const isPublic = ({ registry }: Unmarked) => registry.endsWith('/public');
  if (name === 'DescribePublicRepositories') return findings.filter(isPublic);
  return findings.filter(
    (finding) =>
      !isPublic(finding) && checks.find(({ id }) => id === finding.check)?.subject === 'repository',
  );
}

type Spoiling = Fault extends infer F ? (F extends Fault ? Omit<F, 'operation'> : never) : never;

async function spoil(
  name: OperationName,
  fault: Spoiling,
  scenes: readonly Resting[],
): Promise<void> {
  expect(scenes.length).toBeGreaterThan(0);
  for (const { estate, checks: selected } of scenes) {
    const faults = [{ ...fault, operation: wire(name) } as Fault];
    const { findings, crashes } = await scanEstate(
      { ...estate, faults },
      { checks: selected, options },
    );
    const spared =
      name === 'GetAccountSetting' ? await sameInEitherScope(estate, selected) : new Set();
    const wrong = concerned(name, findings).filter(
      ({ verdict, registry, check }) =>
        !verdictless(verdict) && registry !== elsewhere(name, estate) && !spared.has(check),
    );
    expect(
      wrong.map(({ check, subject, verdict }) => `${check} of ${subject}: ${verdict}`),
    ).toEqual([]);
    expect(concerned(name, findings).some(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(crashes).toEqual([]);
  }
}

/** A verdict that is the same whether the registry policy is in force or not does not rest on that. */
async function sameInEitherScope(
  estate: Estate,
  selected: readonly AnyCheck[],
): Promise<ReadonlySet<string>> {
  const verdicts = async (value: string) => {
    const faults: Fault[] = [
      { kind: 'new-word', operation: wire('GetAccountSetting'), field: 'value', value },
    ];
    const { findings } = await scanEstate({ ...estate, faults }, { checks: selected, options });
    return new Map(findings.map(({ check, subject, verdict }) => [`${check} ${subject}`, verdict]));
  };
  const [first, second] = await Promise.all([verdicts('V1'), verdicts('V2')]);
  const changed = new Set(
    [...first]
      .filter(([key, verdict]) => second.get(key) !== verdict)
      .map(([key]) => key.split(' ')[0]),
  );
  return new Set(selected.map(({ id }) => id).filter((id) => !changed.has(id)));
}

const verdictless = (verdict: string) => verdict === 'unknown' || verdict === 'not-applicable';

/** Settings that the second region does not have are not read there; it is judged without them. */
function elsewhere(name: OperationName, { account }: Estate): string {
  const everywhere = [
    'GetCallerIdentity',
    'DescribeRegions',
    'GetAccountAuthorizationDetails',
    'GetCredentialReport',
  ];
  return everywhere.includes(name) ? '' : `ecr://${account}/us-east-1`;
}

test('every operation that is declared is called by some check', () => {
  expect(names.filter((name) => !resting.has(name))).toEqual([]);
});

test('the least-privilege document of each check allows every call that is made for it', () => {
  const missing = checks.flatMap((check) => {
    const document: { Statement: { Action: string[] }[] } = JSON.parse(
      permissionsFor([check], provider),
    );
    const allowed = new Set(document.Statement.flatMap(({ Action }) => Action));
    const needed = [...(made.get(check.id) ?? [])].filter(
      (call) => call !== 'sts:GetCallerIdentity',
    );
    return needed.filter((call) => !allowed.has(call)).map((call) => `${check.id}: ${call}`);
  });
  expect(made.size).toBe(checks.length);
  expect(missing).toEqual([]);
});

describe.concurrent.each(names)('%s', (name) => {
  const scenes = () => resting.get(name) ?? [];
  test.concurrent.each(kinds)('%s', async (kind) => spoil(name, { kind }, scenes()), 60_000);

  for (const [field, word] of fields[name] ?? []) {
    const fault: Spoiling =
      word === undefined
        ? { kind: 'missing-field', field }
        : { kind: 'new-word', field, value: word };
    const title = `${field} ${word === undefined ? 'is missing' : `is ${JSON.stringify(word)}`}`;
    test.concurrent(title, async () => spoil(name, fault, scenes().slice(0, 1)), 60_000);
  }
});
