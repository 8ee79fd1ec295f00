import { checks } from '../../checks/index.ts';
import { operationsOf } from '../../src/catalogue/coverage.ts';
import type { GhcrEstate } from '../../src/demo/ghcr/estate.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/ghcr/index.ts';
import type { OperationName } from '../../src/providers/ghcr/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { scanGhcr, scenario } from '../support/ghcr/scan.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there, for each operation whose answer has such. */
const fields: FieldTable<OperationName> = {
  getOwner: [['login'], ['login', 'somebody-else'], ['type'], ['type', 'Guild']],
  getCaller: [['login']],
  listPackages: [
    ['[].name'],
    ['[].package_type', 'npm'],
    ['[].version_count'],
    ['[].owner', { login: 'somebody-else' }],
  ],
  listLegacyPackages: [['[].visibility', 'unlisted'], ['[].name']],
  listVersions: [
    ['[].name'],
    ['[].name', '1.0.0'],
    ['[].metadata'],
    ['[].metadata.container'],
    ['[].metadata.container.tags', null],
    ['[].created_at'],
  ],
  getOrganization: [['login', 'somebody-else']],
  listOwners: [['[].login']],
  listInsecureMembers: [['[].login']],
  listInstallations: [
    ['installations'],
    ['total_count'],
    ['total_count', 99],
    ['installations[].app_slug'],
    ['installations[].permissions'],
    ['installations[].suspended_at'],
  ],
  listCollaborators: [['[].permissions'], ['[].permissions.push'], ['[].role_name']],
  listOrganizationHooks: [
    ['[].config'],
    ['[].config.url'],
    ['[].config.insecure_ssl', 'perhaps'],
    ['[].active'],
    ['[].events'],
  ],
  querySingleSignOn: [
    ['data'],
    ['data.organization', null],
    ['data.organization.samlIdentityProvider'],
    ['errors', [{ type: 'FORBIDDEN', message: 'no access' }]],
  ],
  listAuthorizedCredentials: [
    ['[].credential_type', 'passkey'],
    ['[].scopes'],
    ['[].authorized_credential_expires_at'],
  ],
  listAuditLog: [['[].action']],
  listAuditStreams: [['[].enabled'], ['[].enabled', 'on'], ['[].paused_at'], ['[].stream_type']],
  listAttestations: [
    ['attestations_subject_digests'],
    ['attestations_subject_digests', []],
    ['page_info'],
    ['page_info.has_next'],
    ['page_info', { has_next: true }],
  ],
  listRepositoryAttestations: [['attestations']],
  issueAnonymousToken: [['token']],
  issueRegistryToken: [['token']],
};

/**
 * An organization whose settings decide much, the same without a second factor, and one whose images are
 * attested at GitHub alone or nowhere.
 */
async function scenes(): Promise<readonly GhcrEstate[]> {
  const good = await scenario('all-good');
  const { credentials } = await scenario('demo');
  const { app } = good.packages;
  const repository = good.repositories['Acme/app'];
  const [signed, attested] = app?.images ?? [];
  if (signed === undefined || attested === undefined || repository === undefined) {
    throw new Error('all-good has changed');
  }
  // Provenance is a signature as well, so that fewer calls decide the same.
  const proven = { ...signed, attached: ['provenance'] } as const;
  const writer = { login: 'carol', role: 'write' };
  const hook = { url: 'http://hooks.example.org/', insecure: '0', events: ['*'] };
  const base: GhcrEstate = {
    ...good,
    owner: { login: 'acme', type: 'Organization' },
    basePermission: 'write',
    ...(credentials === undefined ? {} : { credentials }),
    hooks: [hook],
    legacy: { old: 'public' },
    repositories: {
      'Acme/app': { ...repository, collaborators: [writer], hooks: [hook] },
    },
    outsideCollaborators: ['carol'],
    packages: { app: { visibility: 'public', repository: 'Acme/app', images: [proven] } },
  };
  const { attached: _, ...bare } = signed;
  const { attached: __, ...atGithub } = attested;
  return [
    base,
    {
      ...base,
      plan: 'team',
      requiresSecondFactor: false,
      insecureMembers: ['carol'],
      packages: {
        app: { visibility: 'private', repository: 'Acme/app', images: [bare, atGithub] },
      },
    },
  ];
}

const stored = 'what is stored is bytes that are held to their digest, and no object of an API';

lawHolds<OperationName, GhcrEstate>({
  provider,
  scenes,
  scan: (estate, selected, faults) =>
    scanGhcr({ ...estate, faults }, { checks: selected, ...spoiled }),
  fields,
  concerned,
  named: ['getOwner', 'getOrganization'],
  exempt: { getManifest: { 'empty-object': stored, 'error-object': stored } },
  unreached: {
    listOrganizations: 'it finds the owners where none is named; its refusal is a test by itself',
    queryEnterprise: 'it finds the organizations of an enterprise; its refusal is a test by itself',
    getInstallation: 'it signs in to settings by an app, whose refusals are tests by themselves',
    issueInstallationToken: 'it signs in by an app as well',
  },
});

/**
 * Whether the list is whole rests on who asks, and on who owns the organization; the packages on it are judged
 * all the same, but for the facts that rest on that call themselves.
 */
function concerned(
  name: OperationName,
  findings: readonly FindingWithoutFingerprint[],
): readonly FindingWithoutFingerprint[] {
  return findings.filter(({ repository, check }) => {
    const ofList = repository === null && subjectOf(check) === 'repository';
    return ofList || restsOn(check, name);
  });
}

function subjectOf(id: string): string | undefined {
  return checks.find((check) => check.id === id)?.subject;
}

function restsOn(id: string, name: OperationName): boolean {
  const own = checks.filter((check) => check.id === id);
  return operationsOf(own, provider).includes(name);
}
