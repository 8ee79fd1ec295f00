import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const scanning = {
  'push-scan-on': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"auto_scan":"true"}}\' https://<host>/api/v2.0/projects/<project>',
    terraform: 'harbor_project: vulnerability_scanning = true',
    console:
      'Projects > (project) > Configuration > Vulnerability scanning: Automatically scan images on push; the scanner is under Administration > Interrogation Services > Scanners',
    risk: 'Every push loads the scanner, and where a vulnerability gate is on, a scan can stop pulls.',
    undo: 'The same command with "auto_scan":"false".',
    references: ['https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/'],
  },
  'recent-images-clean': {
    command:
      'curl -u <user> https://<host>/api/v2.0/projects/<project>/repositories/<repository>/artifacts/<tag>/additions/vulnerabilities # then rebuild on a fixed base image and push; a slash in the repository is %252F',
    console: 'Projects > (project) > Repositories > (repository) > (artifact) > Vulnerabilities',
    risk: 'A rebuilt image may behave differently: test it as any other change.',
    undo: 'Deploy the image from before by its digest.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/scan-individual-artifact/',
    ],
  },
  'recent-images-scanned': {
    command:
      'curl -u <administrator> -X POST https://<host>/api/v2.0/projects/<project>/repositories/<repository>/artifacts/<tag>/scan # a slash in the repository is %252F',
    console:
      'Projects > (project) > Repositories > (repository) > select the artifact > Scan Vulnerability',
    risk: 'Where a vulnerability gate is on, a scan can stop pulls.',
    undo: 'There is nothing to undo.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/scan-individual-artifact/',
    ],
  },
  'rescan-on': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Daily","cron":"0 0 0 * * *"}}\' https://<host>/api/v2.0/system/scanAll/schedule # PUT where there is one',
    terraform: 'harbor_interrogation_services: vulnerability_scan_policy = "Daily"',
    console: 'Administration > Interrogation Services > Vulnerability > Schedule to scan all',
    risk: 'Scanning everything loads the scanner and the database, in a large instance for hours.',
    undo: 'PUT {"schedule":{"type":"None"}} to the same address.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/schedule-scans/',
    ],
  },
  'scan-exceptions-expire': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"items":[{"cve_id":"<id>"}],"expires_at":<seconds since 1970>}\' https://<host>/api/v2.0/system/CVEAllowlist # replaces the list of the instance',
    terraform: 'harbor_config_security: cve_allowlist = [...], expires_at = <seconds since 1970>',
    console:
      'Administration > Configuration > Security, and Projects > (project) > Configuration > CVE allowlist: Expires at',
    risk: 'Replaces the allowlist of the instance; once it ends, the vulnerability gate stops what it let through.',
    undo: 'PUT the list back that GET of the same address showed before.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/configure-system-allowlist/',
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/configure-project-allowlist/',
    ],
  },
  'scan-gate-on': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"prevent_vul":"true","severity":"high"}}\' https://<host>/api/v2.0/projects/<project>',
    terraform: 'harbor_project: deployment_security = "high"',
    console:
      'Projects > (project) > Configuration > Deployment security: Prevent vulnerable images from running',
    risk: 'Harbor refuses to hand out images at or above the severity, those of running deployments among them when they start again.',
    undo: 'The same command with "prevent_vul":"false".',
    references: ['https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/'],
  },
} satisfies Record<Failable['scanning'], Fix>;
