import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { daysBetween } from '../../src/model/instant.ts';

export const scanExceptionsExpire = defineCheck({
  id: 'scan-exceptions-expire',
  subject: 'repository',
  severity: 'medium',
  title: 'Every vulnerability that is let through has an end date',
  why: 'An exception is granted because a fix is on its way. Without an end date it outlives the reason, and every later image with that vulnerability passes unseen.',
  answers: ['C3'],
  topics: ['scanning-enforced-block-vulnerable'],
  references: [
    'https://docs.aws.amazon.com/inspector/latest/user/findings-managing-supression-rules.html',
    'https://csrc.nist.gov/pubs/sp/800/218/final',
  ],
  fix: {
    ecr: {
      risk: 'What the rule kept out of sight is reported again.',
      undo: 'aws inspector2 create-filter with what aws inspector2 list-filters showed before.',
      command: 'aws inspector2 delete-filter --arn <filter-arn>',
      console: 'Amazon Inspector > Suppression rules',
      instead:
        'Suppression rules of Amazon Inspector cannot end by themselves: write the review date into the rule and delete the rule then.',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"items":[{"cve_id":"<id>"}],"expires_at":<seconds since 1970>}\' https://<host>/api/v2.0/system/CVEAllowlist # replaces the list of the instance',
      terraform: 'harbor_config_security: cve_allowlist = [...], expires_at = <seconds since 1970>',
      console:
        'Administration > Configuration > Security, and Projects > (project) > Configuration > CVE allowlist: Expires at',
    },
    'docker-hub': {
      risk: 'Vulnerabilities that were let through are counted again.',
      undo: 'Make the exception again.',
      console: 'Docker Scout dashboard > Vulnerabilities > Exceptions',
      instead: 'exceptions of Docker Scout have no end date: go through them at a fixed time',
    },
  },
  needs: ['scanExceptions'],

  judge({ scanExceptions }, { now }) {
    const endless: string[] = [];
    const open: string[] = [];
    for (const { name, until } of scanExceptions) {
      if (until === null) endless.push(name);
      else if (daysBetween(now, until) >= 0) open.push(`${name} until ${until}`);
    }
    if (endless.length > 0) return fail(`let through without end: ${enumerate(endless)}`);
    return pass(
      open.length === 0
        ? 'no vulnerability is let through'
        : `let through for a time: ${enumerate(open)}`,
    );
  },
});
