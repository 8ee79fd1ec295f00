type Verdict = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** The repositories of `repositories.ts`: the columns of the table below. */
const columns = [
  'prod/checkout',
  'prod/shared',
  'prod/unlocked',
  'stage/partner',
  'stage/perimeter',
  'stage/plain',
];

const never = 'not-applicable';

/**
 * What is right to say about each repository. Unknown is what rests on an operation that moto does not
 * have: a server that answers with a page of HTML has told nothing.
 */
const repositories: Readonly<Record<string, string>> = {
  // access
  'anonymous-pull-off': 'pass pass fail pass pass pass',
  'cross-account-limited': 'fail fail fail fail pass fail',
  'push-limited-to-ci': 'fail fail fail fail fail fail',
  'delete-limited': 'pass pass pass pass pass pass',
  // network
  'webhooks-use-tls': never,
  // scanning
  'push-scan-on': 'pass pass pass fail fail fail',
  'rescan-on': 'fail fail fail fail fail fail',
  'scan-gate-on': never,
  'recent-images-scanned': 'pass fail pass pass pass pass',
  'scan-exceptions-expire': never,
  // signing
  'signing-configured': 'unknown unknown unknown unknown unknown unknown',
  'signature-required': never,
  'recent-images-signed': 'unknown fail pass pass pass pass',
  'recent-images-attested': 'fail fail pass pass pass pass',
  'recent-images-verified': never,
  // tags
  'tags-immutable': 'pass pass fail fail fail fail',
  // retention
  'retention-configured': 'pass pass fail fail fail fail',
  'untagged-expire': 'pass pass fail fail fail fail',
  'retention-spares-production': 'pass fail pass pass pass pass',
  'deletion-recoverable': 'pass fail fail fail fail fail',
  // storage
  'encrypted-with-own-key': 'pass fail fail fail fail fail',
  replicated: 'pass pass pass pass pass pass',
  'replication-targets-trusted': 'pass pass pass pass pass pass',
  'replicas-hardened': 'unknown unknown unknown unknown unknown unknown',
};

/** What is right to say about the registry as a whole. */
const registry: Readonly<Record<string, Verdict>> = {
  // access
  'anonymous-push-off': 'pass',
  'anonymous-catalog-off': 'pass',
  'admin-user-off': 'pass',
  'central-identity-on': 'unknown',
  'self-registration-off': 'pass',
  'tokens-expire': 'unknown',
  'tokens-in-use': 'unknown',
  'broad-tokens-off': 'unknown',
  'admins-few': 'pass',
  'project-creation-limited': 'pass',
  'directory-verified': 'not-applicable',
  'build-credentials-safe': 'not-applicable',
  // network
  'public-endpoint-closed': 'fail',
  'private-endpoint-used': 'pass',
  'network-bypass-off': 'not-applicable',
  'export-blocked': 'not-applicable',
  'tls-only': 'pass',
  // logging
  'audit-log-on': 'pass',
  'pulls-logged': 'pass',
  'audit-log-exported': 'pass',
  'audit-log-kept': 'unknown',
  // upstreams
  'upstreams-approved': 'unknown',
  'upstream-scope-narrow': 'unknown',
  // platform
  'version-supported': 'not-applicable',
  'defaults-hardened': 'unknown',
  'settings-enforced': 'pass',
  'edge-registries-hardened': 'not-applicable',
  'legacy-storage-private': 'not-applicable',
};

/** The operation that an unknown must name. */
export const missingOperations: Readonly<Record<string, string>> = {
  // Moto has the operation: a tag that is only called a signature is a doubt.
  'recent-images-signed': 'DescribeImages',
  'anonymous-pull-off': 'DescribePublicRepositories',
  'recent-images-attested': 'DescribePublicRepositories',
  'signing-configured': 'GetSigningConfiguration',
  // Moto's report lacks the root user, whom every account has.
  'central-identity-on': 'GetCredentialReport',
  'tokens-expire': 'GetCredentialReport',
  'broad-tokens-off': 'GetCredentialReport',
  'tokens-in-use': 'GetCredentialReport',
  'replicas-hardened': 'DescribeRepositoryCreationTemplates',
  'audit-log-kept': 'ListEventDataStores',
  'upstreams-approved': 'DescribePullThroughCacheRules',
  'upstream-scope-narrow': 'DescribePullThroughCacheRules',
  'defaults-hardened': 'DescribeRepositoryCreationTemplates',
};

/** Every verdict of a scan with nothing declared, by `check subject`. */
export function expectedVerdicts(id: string): Readonly<Record<string, string>> {
  const own = Object.entries(registry).map(([check, verdict]) => [`${check} ${id}`, verdict]);
  const each = Object.entries(repositories).flatMap(([check, row]) => {
    const verdicts = row.split(' ');
    return columns.map((name, column) => [
      `${check} ${id}/${name}`,
      verdicts[row === never ? 0 : column],
    ]);
  });
  return Object.fromEntries([...own, ...each]);
}

/** ECR Public is not in moto: whether anything is there is unknown, and the rest cannot be set there. */
export function expectedOfPublic(check: string): Verdict {
  const untold = ['anonymous-pull-off', 'recent-images-attested'];
  return untold.includes(check) ? 'unknown' : 'not-applicable';
}
