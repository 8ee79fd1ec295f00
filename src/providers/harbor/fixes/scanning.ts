import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const scanning = {
  'push-scan-on': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"auto_scan":"true"}}\' https://<host>/api/v2.0/projects/<project>',
    terraform: 'harbor_project: vulnerability_scanning = true',
    console:
      'Projects > (project) > Configuration > Vulnerability scanning: Automatically scan images on push; the scanner is under Administration > Interrogation Services > Scanners',
    risk: 'Every push loads the scanner, and with an active vulnerability gate a scan can block pulls.',
    undo: 'The same command with "auto_scan":"false".',
    references: ['https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/'],
  },
  'recent-images-clean': {
    command:
      'curl -u <user> https://<host>/api/v2.0/projects/<project>/repositories/<repository>/artifacts/<tag>/additions/vulnerabilities # then rebuild on a fixed base image and push; a slash in the repository is %252F',
    console: 'Projects > (project) > Repositories > (repository) > (artifact) > Vulnerabilities',
    risk: 'A rebuilt image can behave differently: test it like any other change.',
    undo: 'Deploy the previous image by digest.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/scan-individual-artifact/',
    ],
  },
  'recent-images-scanned': {
    command:
      'curl -u <administrator> -X POST https://<host>/api/v2.0/projects/<project>/repositories/<repository>/artifacts/<tag>/scan # a slash in the repository is %252F',
    console:
      'Projects > (project) > Repositories > (repository) > select the artifact > Scan Vulnerability',
    risk: 'With an active vulnerability gate, a scan can block pulls.',
    undo: 'Nothing to undo.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/vulnerability-scanning/scan-individual-artifact/',
    ],
  },
  'rescan-on': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Daily","cron":"0 0 0 * * *"}}\' https://<host>/api/v2.0/system/scanAll/schedule # PUT where there is one',
    terraform: 'harbor_interrogation_services: vulnerability_scan_policy = "Daily"',
    console: 'Administration > Interrogation Services > Vulnerability > Schedule to scan all',
    risk: 'A full scan loads the scanner and the database, for hours in a large instance.',
    undo: 'PUT {"schedule":{"type":"None"}} to the same URL.',
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
    risk: 'Replaces the allowlist of the instance; when it expires, the vulnerability gate blocks what it allowed.',
    undo: 'PUT the list saved with GET of the same URL before the change.',
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
    risk: 'Harbor blocks pulls of images at or above the severity, also for running deployments when they restart.',
    undo: 'The same command with "prevent_vul":"false".',
    references: ['https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/'],
  },
} satisfies Record<Failable['scanning'], Fix>;
