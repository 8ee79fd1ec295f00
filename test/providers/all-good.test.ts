import { expect, test } from 'vitest';
import { checks as catalogue } from '../../checks/index.ts';
import { severities } from '../../src/model/finding.ts';
import { decide } from '../../src/policy/decide.ts';
import { scanEstate as scanAcr } from '../support/acr/scan-estate.ts';
import { scenario as acr } from '../support/acr/scenario.ts';
import { scenario as ecr } from '../support/aws/scenario.ts';
import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';
import { scenario as ghcr, scanGhcr } from '../support/ghcr/scan.ts';
import { scenario as gitlab, scanEstate as scanGitlab } from '../support/gitlab/scan.ts';
import { scanEstate as scanGoogle } from '../support/google/scan-estate.ts';
import { scenario as google } from '../support/google/scenario.ts';
import { scenario as harbor } from '../support/harbor/scan.ts';
import { scanOverTls } from '../support/harbor/scan-over-tls.ts';
import { scenario as nexus } from '../support/nexus/scan.ts';
import { scanNexusOverTls } from '../support/nexus/scan-over-tls.ts';
import { ociScenario } from '../support/oci/scan-oci.ts';
import { scanOciOverTls } from '../support/oci/scan-over-tls.ts';
import { scanEstate as scanEcr } from '../support/scan-estate.ts';
import type { Scan, ScanOptions } from '../support/scan-provider.ts';

/** What the organisation of each estate declares; never a wildcard that stands for everything. */
const scans: Readonly<Record<string, (options: ScanOptions) => Promise<Scan>>> = {
  ecr: async (options) => scanEcr(await ecr('all-good'), options),
  acr: async (options) => scanAcr(await acr('all-good'), options),
  harbor: async (options) =>
    scanOverTls(await harbor('all-good'), {
      ...options,
      expected: { trustedAccounts: ['harbor.dr.example.org'] },
    }),
  'docker-hub': async (options) => scanHub(await hubScenario('all-good'), options),
  oci: async (options) => scanOciOverTls(await ociScenario('all-good'), options),
  ghcr: async (options) => scanGhcr(await ghcr('all-good'), options),
  gitlab: async (options) => scanGitlab(await gitlab('all-good'), options),
  'artifact-registry': async (options) => scanGoogle(await google('all-good'), options),
  nexus: async (options) =>
    scanNexusOverTls(await nexus('all-good'), {
      ...options,
      expected: { ciIdentities: ['ci-*'] },
    }),
};

test.each(Object.entries(scans))(
  'the best settings that %s allows end with 0, with nothing waived or accepted',
  async (_provider, scan) => {
    const { summary, findings } = await scan({
      checks: catalogue.filter(({ byDefault }) => byDefault),
    });
    const gate = severities.slice(0, severities.indexOf('high') + 1);
    const open = findings.filter(
      ({ verdict, severity, byHand }) =>
        (verdict === 'fail' || verdict === 'unknown') &&
        byHand.length === 0 &&
        gate.includes(severity),
    );
    expect(
      open.map(({ check, subject, verdict, message }) => [check, subject, verdict, message]),
    ).toEqual([]);
    expect(decide(summary, { failOn: 'high', interrupted: null })).toMatchObject({ exitCode: 0 });
  },
);
