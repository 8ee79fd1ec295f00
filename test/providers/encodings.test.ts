import { expect, test } from 'vitest';
import type { Fault } from '../../src/demo/fault.ts';
import * as acr from '../support/acr/scan-estate.ts';
import { scenario as acrScenario } from '../support/acr/scenario.ts';
import { scenario as awsScenario } from '../support/aws/scenario.ts';
import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';
import * as google from '../support/google/scan-estate.ts';
import { scenario as googleScenario } from '../support/google/scenario.ts';
import * as harbor from '../support/harbor/scan.ts';
import * as aws from '../support/scan-estate.ts';
import type { Scan } from '../support/scan-provider.ts';

type Scanned = (faults: readonly Fault[]) => Promise<Scan>;

/** For each adapter a scan in which all goes well but for faults, and the calls that come before any fact. */
const adapters: Readonly<Record<string, readonly [scan: Scanned, first: readonly string[]]>> = {
  ecr: [
    async (faults) => aws.scanEstate({ ...(await awsScenario('all-good')), faults }),
    ['sts:GetCallerIdentity', 'ecr:DescribeRepositories', 'ecr-public:DescribeRepositories'],
  ],
  acr: [
    async (faults) => acr.scanEstate({ ...(await acrScenario('all-good')), faults }),
    [
      'ResourceGraph_Registries',
      'Registries_List',
      'Catalog_List',
      'Oauth2_Exchange',
      'Oauth2_Token',
    ],
  ],
  'artifact-registry': [
    async (faults) => google.scanEstate({ ...(await googleScenario('all-good')), faults }),
    ['ExchangeToken', 'GetProject', 'SearchAllResources', 'ListRepositories'],
  ],
  harbor: [
    async (faults) => harbor.scanEstate({ ...(await harbor.scenario('all-good')), faults }),
    ['getCurrentUserInfo', 'getSystemInfo', 'listProjects'],
  ],
  'docker-hub': [
    async (faults) => scanHub({ ...(await hubScenario('all-good')), faults }),
    ['AuthCreateAccessToken', 'GetRegistryToken', 'ListRepositories'],
  ],
};

test.each(Object.entries(adapters))(
  '%s: whole answers in an encoding that was not offered are undecodable, and nothing else happens',
  async (_, [scan, first]) => {
    const well = await scan([]);
    const operation = [...well.calls.keys()].filter((name) => !first.includes(name));
    expect(operation.length).toBeGreaterThan(3);
    const { findings, summary, crashes } = await scan([{ kind: 'odd-encoding', operation }]);
    expect(crashes).toEqual([]);
    expect(
      summary.registries.map(({ id, reachable, ended }) => ({ id, reachable, ended })),
    ).toEqual(well.summary.registries.map(({ id }) => ({ id, reachable: true, ended: true })));
    const before = new Set(
      well.findings.filter(({ verdict }) => verdict === 'unknown').map(({ check }) => check),
    );
    const blocked = findings
      .filter(({ check, verdict }) => verdict === 'unknown' && !before.has(check))
      .flatMap((finding) => finding.blocked);
    expect(blocked.length).toBeGreaterThan(5);
    const whys = new Set(blocked.map(({ why }) => why));
    whys.delete('not-exposed');
    expect([...whys]).toEqual(['undecodable']);
  },
);
