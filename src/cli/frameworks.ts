import type { frameworks } from '../../checks/topics.ts';
import { didYouMean } from '../config/suggest.ts';
import { UsageError } from '../model/usage-error.ts';

/** A framework as `checks/controls.json` names it. */
export type Framework = keyof typeof frameworks;

/** The command-line name of each framework. A framework without a name does not compile. */
export const frameworkNames: Readonly<Record<Framework, string>> = {
  'AWS Security Hub CSPM / FSBP': 'aws-fsbp',
  'Azure Policy built-in': 'azure-policy',
  'CIS AWS Foundations Benchmark': 'cis-aws',
  'CIS Amazon EKS Benchmark': 'cis-eks',
  'CIS Azure AKS Benchmark': 'cis-aks',
  'CIS Docker Benchmark': 'cis-docker',
  'CIS Google Cloud Platform Foundation Benchmark': 'cis-gcp',
  'CIS Google GKE Benchmark': 'cis-gke',
  'CIS Kubernetes Benchmark': 'cis-kubernetes',
  'CIS Microsoft Azure Foundations Benchmark': 'cis-azure',
  'CIS Software Supply Chain Security Guide': 'cis-sscs',
  'CSA CCM': 'csa-ccm',
  'FINOS Common Cloud Controls': 'finos-ccc',
  'Google Security Command Center detector': 'google-scc',
  'ISO/IEC 27001 Annex A': 'iso-27001',
  'MITRE ATT&CK Enterprise': 'mitre-attack',
  'Microsoft cloud security benchmark': 'mcsb',
  'NIST SP 800-190': 'nist-800-190',
  'NIST SP 800-204D': 'nist-800-204d',
  'NIST SP 800-218 (SSDF)': 'nist-ssdf',
  'NIST SP 800-53': 'nist-800-53',
  'OWASP Docker Top 10': 'owasp-docker',
  'OWASP Top 10 CI/CD Security Risks': 'owasp-cicd',
  'PCI DSS': 'pci-dss-4',
  SLSA: 'slsa',
  'SOC 2 (AICPA TSC)': 'soc-2',
};

/** The framework of this name. Throws `UsageError` when there is none. */
export function frameworkNamed(word: string): Framework {
  const found = (Object.keys(frameworkNames) as Framework[]).find(
    (framework) => frameworkNames[framework] === word.toLowerCase(),
  );
  if (found !== undefined) return found;
  const names = Object.values(frameworkNames);
  throw new UsageError(
    `there is no framework "${word}"${didYouMean(word, names)}`,
    'regaudit list frameworks shows all of them',
  );
}
