import { record, type Static, Type } from './shape.ts';
import { builderEntry, signerEntry } from './signer-entry.ts';

const wildcards = (description: string, examples: string[]) =>
  Type.Array(Type.String({ minLength: 1 }), { description, examples: [examples], default: [] });

/** The declarations of the organisation. Every key has a safe default: nothing is trusted, nothing is public. */
export const expectations = record(
  {
    publicRepositories: wildcards('Repositories that are public by design. Wildcards with *.', [
      'public/*',
    ]),
    productionRepositories: wildcards(
      'Repositories that hold production images. Empty: all of them.',
      ['prod/*'],
    ),
    productionTags: wildcards('Tags that production deploys. Empty: every tag.', [
      'v*',
      'release-*',
    ]),
    ciIdentities: wildcards(
      'Identities of CI/CD pipelines, by name or full id. Wildcards with *.',
      ['arn:aws:iam::123456789012:role/ci-*'],
    ),
    trustedAccounts: wildcards('Accounts, subscriptions or projects that may have access.', [
      '123456789012',
    ]),
    trustedOrganizations: wildcards('Organisations or tenants that may have access.', [
      'o-a1b2c3d4e5',
    ]),
    siemDestinations: wildcards(
      'Where audit logs must arrive: bucket, log group, workspace. Wildcards with *.',
      ['org-audit-*'],
    ),
    approvedUpstreams: wildcards(
      'Upstream registries that may be cached, by host. Wildcards with *.',
      ['public.ecr.aws', 'registry-1.docker.io'],
    ),
    allowedNetworks: wildcards('Address ranges (CIDR) from which the registry may be reached.', [
      '198.51.100.0/24',
    ]),
    longestTokenDays: Type.Integer({
      minimum: 1,
      default: 365,
      description: 'Maximum lifetime of a token, key or password, in days.',
      examples: [90],
    }),
    unusedTokenDays: Type.Integer({
      minimum: 1,
      default: 90,
      description: 'A credential unused for longer than this many days is stale.',
      examples: [45],
    }),
    scanAge: Type.Integer({
      minimum: 1,
      default: 30,
      description:
        'A scan older than this many days is not current, unless the platform scans continuously.',
      examples: [7],
    }),
    mostAdministrators: Type.Integer({
      minimum: 1,
      default: 5,
      description: 'Maximum number of administrators or owners.',
      examples: [3],
    }),
    logDays: Type.Integer({
      minimum: 1,
      default: 365,
      description: 'Minimum retention of audit logs, in days.',
      examples: [400],
    }),
    signers: Type.Array(signerEntry, {
      default: [],
      description:
        'Whose signatures count: each has a name and exactly one of key, issuer, github, ca, awsSigner or policy. Any of those that cover a repository suffices.',
      examples: [
        [
          { name: 'release key', repositories: ['prod/*'], key: 'trust/release.pub' },
          { name: 'release pipeline', github: 'acme/app', refs: ['refs/tags/*'] },
        ],
      ],
    }),
    builders: Type.Array(builderEntry, {
      default: [],
      description:
        'Whose provenance counts, declared as in signers. Empty: any provenance or SBOM that is attached.',
      examples: [[{ name: 'release pipeline', github: 'acme/app' }]],
    }),
    trustedRoot: Type.Unsafe<string | undefined>({
      type: 'string',
      minLength: 1,
      description:
        'A file with the Sigstore root (trusted_root.json) instead of the one of this build.',
      examples: ['trust/trusted_root.json'],
    }),
  },
  'What the organisation expects of its registries',
);
export type DeclaredExpectations = Static<typeof expectations>;

/** The inputs of a check besides facts: the declarations and the time of the scan. */
export interface Expectations extends Readonly<DeclaredExpectations> {
  /** When the facts were read, ISO 8601; the only clock of a check. */
  readonly now: string;
  /** The name of the evaluated repository; '' for a registry. */
  readonly repository: string;
}

export const nothingDeclared: DeclaredExpectations = {
  publicRepositories: [],
  productionRepositories: [],
  productionTags: [],
  ciIdentities: [],
  trustedAccounts: [],
  trustedOrganizations: [],
  siemDestinations: [],
  approvedUpstreams: [],
  allowedNetworks: [],
  longestTokenDays: 365,
  unusedTokenDays: 90,
  scanAge: 30,
  mostAdministrators: 5,
  logDays: 365,
  signers: [],
  builders: [],
  trustedRoot: undefined,
};
