/**
 * What a control of a framework may be about, each in one sentence of our own. The controls themselves
 * stand in `controls.json` by number alone: the wording of most frameworks is copyrighted.
 */
export const topics = {
  'authentication-required': 'Every request to the registry is made under a proven identity.',
  'no-anonymous-public-access': 'Images are shown to strangers only where that is meant.',
  'no-shared-admin-static-credentials':
    'No login is shared, left at its default or valid without an end.',
  'least-privilege-and-push-restricted':
    'Everyone holds only the rights they need, and only pipelines push.',
  'mfa-sso': 'People sign in through one central directory or with a second factor.',
  'network-restricted-private-endpoint': 'The registry answers only networks that need it.',
  tls: 'Everything on the wire is encrypted and the server proves who it is.',
  'vulnerability-scan-on-push':
    'Images are scanned for known vulnerabilities when they arrive and later on.',
  'scanning-enforced-block-vulnerable': 'Images with grave vulnerabilities do not get to run.',
  'image-signing-configured': 'Images are signed, so that their origin can be proven.',
  'signature-enforced': 'Images without a valid signature are refused.',
  'tag-immutability': 'The name of a released image cannot be given to another image.',
  'retention-lifecycle': 'Images that nobody needs any longer are removed by rule.',
  'audit-logging': 'It is recorded who did what at the registry, and when.',
  'audit-logs-exported-to-siem':
    'The record is kept where those who are recorded cannot change it.',
  'replication-backup': 'Images survive the loss of one place.',
  'encryption-at-rest-cmk': 'Stored images are encrypted under a key of their owner.',
  'proxy-cache-upstream-control': 'Only chosen outside sources can bring images in.',
  'sbom-provenance': 'For every image it is known what is in it and how it was built.',
  'deletion-protection': 'Images cannot vanish by mistake or malice without a way back.',
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
