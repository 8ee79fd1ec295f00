import {
  always,
  ceiling,
  notExposed,
  type Provides,
  partly,
  reads,
  unsupported,
} from '../contract.ts';
import type { OperationName } from './operations.ts';

const docs = 'https://docs.github.com/en';
const access = `${docs}/packages/learn-github-packages/configuring-a-packages-access-control-and-visibility`;

/** What no API tells of the access to a package. */
export const packageRoles = notExposed(
  'no API tells the roles of people, teams and repositories at a package, nor whether it inherits the access of its repository',
  access,
  'look in the settings of the package under Manage access and Manage Actions access who has Write or Admin',
);
export const otherWebhooks = notExposed(
  'webhooks of OAuth apps and GitHub Apps are shown to those apps alone',
  `${docs}/rest/orgs/webhooks`,
  'look under Settings > Third-party access which apps are sent events of packages',
);
/** What no API tells of credentials and people. */
export const unlistedTokens = notExposed(
  'personal access tokens (classic), which alone open packages, are listed only where they were authorized for single sign-on',
  `${docs}/organizations/managing-programmatic-access-to-your-organization/setting-a-personal-access-token-policy-for-your-organization`,
  'look under Settings > Personal access tokens whether classic tokens are restricted, and ask the members which they hold and when these end',
);
export const othersSecondFactor = notExposed(
  'whether those to whom a user has given access have a second factor GitHub tells nobody but themselves',
  `${docs}/authentication/securing-your-account-with-two-factor-authentication-2fa/about-two-factor-authentication`,
  'ask the collaborators of the repositories and packages whether they have one, or move the packages to an organization that requires it',
);
export const organizationRoles = notExposed(
  'who holds an organization role, such as All-repository admin, GitHub tells to its administrators alone',
  `${docs}/organizations/managing-peoples-access-to-your-organization-with-roles/using-organization-roles`,
  'look in the settings of the organization under Organization roles > Role assignments who holds All-repository admin, or another role that administers',
);
export const enterpriseOwners = notExposed(
  'the owners of the enterprise, who can make themselves owners of the organization, and who holds an organization role, such as All-repository admin, are not listed with it',
  `${docs}/enterprise-cloud@latest/admin/managing-accounts-and-repositories/managing-users-in-your-enterprise/abilities-of-roles`,
  'look in the settings of the enterprise under People > Administrators who owns it, and in those of the organization under Organization roles > Role assignments who holds a role that administers',
);

const onNetworks = unsupported(
  'no page of GitHub says that anything limits from where images are pulled: the IP allow list of an organization is about its private resources on GitHub',
);
const noScans = unsupported(
  'GHCR scans no images; what scanners of a workflow upload to code scanning is about the repository',
);
const people = ['listOwners', 'getOrganization'] as const;
/** Who must be known to know whether the list of packages is whole. */
const whole = ['getOwner', 'getCaller', 'listOwners'] as const;
const images = [
  'listVersions',
  'issueRegistryToken',
  'getManifest',
  'listAttestations',
  'listRepositoryAttestations',
] as const;
const holders = [
  'listPackages',
  ...people,
  'listCollaborators',
  'listOutsideCollaborators',
  'listInstallations',
  'getWorkflowPermissions',
  'getActionsPolicy',
] as const;

/** Where every fact of the model comes from in GHCR; the packages of an owner are the repositories. */
export const provides = {
  registry: {
    anonymousPush: always(
      { mode: 'refused' },
      `${docs}/packages/working-with-a-github-packages-registry/working-with-the-container-registry`,
    ),
    anonymousCatalog: reads('visibility', 'listPackages', 'getCaller'),
    sharedLogin: always(
      { mode: 'none' },
      `${docs}/get-started/learning-about-github/types-of-github-accounts`,
    ),
    signIn: partly(
      reads(
        'two_factor_requirement_enabled, samlIdentityProvider',
        'getOrganization',
        'listInsecureMembers',
        'querySingleSignOn',
        'getCaller',
      ),
      othersSecondFactor,
    ),
    selfRegistration: unsupported(
      'an account of GitHub, which anybody can have, opens nothing here; members are invited',
    ),
    credentials: partly(
      reads(
        'scopes, authorized_credential_expires_at',
        'listAuthorizedCredentials',
        'querySingleSignOn',
        'getOrganization',
      ),
      unlistedTokens,
    ),
    credentialUse: partly(
      reads(
        'credential_accessed_at',
        'listAuthorizedCredentials',
        'querySingleSignOn',
        'getOrganization',
      ),
      unlistedTokens,
    ),
    administrators: partly(
      reads('role, permissions', ...people, 'listInstallations'),
      organizationRoles,
      enterpriseOwners,
    ),
    projectCreation: notExposed(
      'no API tells whether members may publish public, internal or private packages',
      access,
      'look in the settings of the organization under Packages > Package creation whether members may publish public packages',
    ),
    networkAccess: onNetworks,
    privateEndpoints: unsupported('GHCR has no private endpoints'),
    networkBypass: unsupported('GHCR has no network rules that anything could bypass'),
    transport: unsupported(
      'GHCR is served over HTTPS alone, and nothing about it can be set; GitHub Enterprise Server is served as whoever runs it decides',
    ),
    auditLog: reads('action', 'listAuditLog', 'getOrganization', 'getOwner'),
    auditExport: reads('enabled, paused_at', 'listAuditStreams', 'getOrganization', 'getOwner'),
    auditRetention: ceiling(
      reads('type', 'getOwner'),
      { mode: 'days', days: 180, switchOff: 'prevented' },
      'GitHub keeps the audit log of an organization for 180 days',
      'stream the audit log of the enterprise to storage that keeps it for as long as the rules of the organization ask',
    ),
    upstreams: unsupported('GHCR caches no other registry'),
    version: unsupported(
      'GHCR is run by GitHub: there is no version to choose; GitHub Enterprise Server shows its own in the console',
    ),
    newRepositories: notExposed(
      'packages start private, and no API tells whether members may publish public ones at once',
      access,
      'look in the settings of the organization under Packages > Package creation whether members may publish public packages',
    ),
    directory: unsupported(
      'GitHub reads no directory; single sign-on and SCIM come from the identity provider',
    ),
    dataExport: unsupported('GHCR has no network rules that an export could pass'),
    buildTasks: unsupported('GHCR runs no builds; GitHub Actions does, and pushes what it built'),
    edgeRegistries: unsupported('GHCR has no registries at other sites'),
    legacyStorage: reads('visibility', 'listLegacyPackages', ...whole),
    settingsInForce: unsupported('GHCR has no policy that could be stored but not in force'),
    labels: unsupported('an owner of packages has no labels'),
  },
  repository: {
    publicPull: reads('visibility, token', 'listPackages', 'issueAnonymousToken'),
    pushers: partly(reads('permissions, default_workflow_permissions', ...holders), packageRoles),
    deleters: partly(reads('permissions, default_workflow_permissions', ...holders), packageRoles),
    outsideAccess: partly(
      reads(
        'visibility, permissions',
        'listPackages',
        'issueAnonymousToken',
        'listCollaborators',
        'listOutsideCollaborators',
      ),
      packageRoles,
    ),
    webhooks: partly(
      reads('config.url, config.insecure_ssl', 'listOrganizationHooks', 'listRepositoryHooks'),
      otherWebhooks,
    ),
    pushScan: noScans,
    rescan: noScans,
    scanGate: unsupported(
      'GHCR cannot refuse an image because of its vulnerabilities; the cluster or pipeline must',
    ),
    recentScans: noScans,
    scanExceptions: unsupported('GHCR scans no images, so that nothing is let through on purpose'),
    signing: unsupported(
      'GHCR signs nothing by itself; what workflows attest or sign shows in recent-images-signed',
    ),
    signatureGate: unsupported(
      'GHCR cannot refuse unsigned images; the admission control of the cluster must',
    ),
    recentSignatures: reads('dsseEnvelope, artifactType', ...images),
    recentAttestations: reads('dsseEnvelope, artifactType', ...images),
    recentCandidates: reads('bundle, layers[]', ...images),
    tagDigests: reads('name, metadata.container.tags', 'listVersions'),
    tagLock: unsupported(
      'any tag of GHCR can be moved: immutable releases, rulesets and tag protection are about Git, not about images',
    ),
    contentOrigin: always(
      { mode: 'own' },
      `${docs}/packages/working-with-a-github-packages-registry/working-with-the-container-registry`,
    ),
    retention: unsupported(
      'GHCR removes no image by itself; a workflow with actions/delete-package-versions can',
    ),
    garbageCollection: unsupported('GHCR removes no image by itself'),
    recovery: always(
      { mode: 'days', days: 30 },
      `${docs}/packages/learn-github-packages/deleting-and-restoring-a-package`,
    ),
    encryption: unsupported('GHCR stores images with keys of GitHub; own keys are not offered'),
    replication: unsupported('GHCR is one service, copied nowhere by its customers'),
    replicationTargets: unsupported('GHCR copies images nowhere by itself'),
    replicaSettings: unsupported('GHCR makes no copies of a package'),
    labels: unsupported('a package has no labels'),
  },
} as const satisfies Provides<OperationName>;
