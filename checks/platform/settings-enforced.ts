import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const settingsEnforced = defineCheck({
  id: 'settings-enforced',
  subject: 'registry',
  severity: 'low',
  title: 'A stored registry policy is also in force',
  why: 'A rule that is written down and not enforced protects nothing, but everyone who reads it believes it does.',
  answers: [],
  topics: ['least-privilege-and-push-restricted'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-account-settings.html',
  ],
  fix: {
    ecr: {
      risk: 'The registry policy then decides about every action, so that a statement nobody noticed may refuse pulls and pushes.',
      undo: 'The same command with --value V1.',
      command: 'aws ecr put-account-setting --name REGISTRY_POLICY_SCOPE --value V2',
      terraform: 'aws_ecr_account_setting: name = "REGISTRY_POLICY_SCOPE", value = "V2"',
      console: 'Amazon ECR > Private registry > Features & Settings > Permissions > Enable',
    },
    'artifact-registry': {
      command:
        'gcloud access-context-manager perimeters dry-run enforce <perimeter> --policy=<policy>',
      terraform:
        'google_access_context_manager_service_perimeter: in status what is in spec, use_explicit_dry_run_spec = false',
      console:
        'Google Cloud console > Security > VPC Service Controls > Dry run mode > (perimeter) > Enforce',
    },
    acr: {
      command: [
        'az acr config content-trust update --registry <registry> --status disabled',
        'az acr update --name <registry> --default-action Deny',
        'az acr credential-set update --registry <registry> --name <credential set> --password-id <secret id>',
      ].join('\n'),
      terraform:
        'azurerm_container_registry: trust_policy_enabled = false, network_rule_set { default_action = "Deny" }',
      console: 'Container registries > <registry> > Policies, Networking and Cache > Credentials',
    },
  },
  needs: ['settingsInForce'],

  judge({ settingsInForce }) {
    switch (settingsInForce.mode) {
      case 'yes':
        return pass('the stored policy is in force');
      case 'nothing-stored':
        return pass('there is no stored policy that could be out of force');
      case 'no':
        return fail(`stored but not in force: ${settingsInForce.stored}`);
    }
  },
});
