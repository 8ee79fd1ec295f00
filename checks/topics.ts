/**
 * The topics of framework controls, one sentence each. `controls.json` holds the titles of the controls of
 * NIST, which are in the public domain, and only the numbers of the others: their wording is copyrighted.
 */
export const topics = {
  'authentication-required': 'Every request to the registry is authenticated.',
  'no-anonymous-public-access': 'Images are public only where that is intended.',
  'no-shared-admin-static-credentials':
    'No login is shared, left at its default or valid indefinitely.',
  'least-privilege-and-push-restricted':
    'Every principal has only the permissions it needs, and only pipelines push.',
  'mfa-sso': 'Users sign in through a central identity provider or with a second factor.',
  'network-restricted-private-endpoint':
    'The registry is reachable only from networks that need it.',
  tls: 'All traffic is encrypted and the server is authenticated.',
  'vulnerability-scan-on-push':
    'Images are scanned for known vulnerabilities on push and afterwards.',
  'scanning-enforced-block-vulnerable': 'Images with severe vulnerabilities are blocked.',
  'image-signing-configured': 'Images are signed, so that their origin can be verified.',
  'signature-enforced': 'Images without a valid signature are blocked.',
  'tag-immutability': 'The tag of a released image cannot be moved to another image.',
  'retention-lifecycle': 'Images that are no longer needed are removed automatically.',
  'audit-logging': 'The registry logs who did what, and when.',
  'audit-logs-exported-to-siem':
    'Logs are exported to a place where the logged principals cannot change them.',
  'replication-backup': 'Images survive the loss of one region or site.',
  'encryption-at-rest-cmk': 'Stored images are encrypted with a customer-managed key.',
  'proxy-cache-upstream-control': 'Images are cached only from approved upstreams.',
  'sbom-provenance': 'The contents and the build of every image are documented.',
  'deletion-protection': 'Images that are deleted by mistake or malice can be restored.',
} as const;

/** Where each framework of `controls.json` is published. */
export const frameworks = {
  'AWS Security Hub CSPM / FSBP':
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html',
  'Azure Policy built-in':
    'https://learn.microsoft.com/en-us/azure/container-registry/policy-reference',
  'CIS AWS Foundations Benchmark': 'https://www.cisecurity.org/benchmark/amazon_web_services',
  'CIS Amazon EKS Benchmark': 'https://www.cisecurity.org/benchmark/kubernetes',
  'CIS Azure AKS Benchmark': 'https://www.cisecurity.org/benchmark/kubernetes',
  'CIS Docker Benchmark': 'https://www.cisecurity.org/benchmark/docker',
  'CIS Google Cloud Platform Foundation Benchmark':
    'https://www.cisecurity.org/benchmark/google_cloud_computing_platform',
  'CIS Google GKE Benchmark': 'https://www.cisecurity.org/benchmark/kubernetes',
  'CIS Kubernetes Benchmark': 'https://www.cisecurity.org/benchmark/kubernetes',
  'CIS Microsoft Azure Foundations Benchmark': 'https://www.cisecurity.org/benchmark/azure',
  'CIS Software Supply Chain Security Guide':
    'https://www.cisecurity.org/insights/white-papers/cis-software-supply-chain-security-guide',
  'CSA CCM': 'https://cloudsecurityalliance.org/research/cloud-controls-matrix',
  'FINOS Common Cloud Controls': 'https://ccc.finos.org/',
  'Google Security Command Center detector':
    'https://cloud.google.com/security-command-center/docs/concepts-vulnerabilities-findings',
  'ISO/IEC 27001 Annex A': 'https://www.iso.org/standard/27001',
  'MITRE ATT&CK Enterprise': 'https://attack.mitre.org/matrices/enterprise/',
  'Microsoft cloud security benchmark':
    'https://learn.microsoft.com/en-us/security/benchmark/azure/overview',
  'NIST SP 800-190': 'https://csrc.nist.gov/pubs/sp/800/190/final',
  'NIST SP 800-204D': 'https://csrc.nist.gov/pubs/sp/800/204/d/final',
  'NIST SP 800-218 (SSDF)': 'https://csrc.nist.gov/pubs/sp/800/218/final',
  'NIST SP 800-53': 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  'OWASP Docker Top 10': 'https://owasp.org/www-project-docker-top-10/',
  'OWASP Top 10 CI/CD Security Risks': 'https://owasp.org/www-project-top-10-ci-cd-security-risks/',
  'PCI DSS': 'https://www.pcisecuritystandards.org/document_library/',
  SLSA: 'https://slsa.dev/spec/v1.2/',
  'SOC 2 (AICPA TSC)':
    'https://www.aicpa-cima.com/resources/landing/system-and-organization-controls-soc-suite-of-services',
} as const;
