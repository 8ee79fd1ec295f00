import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { describeRule, everRemoves } from '../../src/model/retention.ts';

export const retentionConfigured = defineCheck({
  id: 'retention-configured',
  subject: 'repository',
  severity: 'medium',
  title: 'An enabled retention rule really removes images',
  why: 'Old images keep their vulnerabilities and stay pullable. A rule that only keeps, only archives, is only tried out or has a limit nobody reaches (100,000 images, ten years) removes none of them.',
  answers: ['C5', 'B2'],
  topics: ['retention-lifecycle'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all rules of the repository, and deletes images within a day; an image that is deployed by its digest may have no tag.',
      undo: 'Put the rules back that aws ecr get-lifecycle-policy showed before; deleted images cannot be brought back.',
      command:
        'aws ecr put-lifecycle-policy --repository-name <name> --lifecycle-policy-text \'{"rules":[{"rulePriority":1,"description":"untagged images","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":<days>},"action":{"type":"expire"}}]}\' # replaces all rules of the repository',
      terraform: 'aws_ecr_lifecycle_policy: policy = jsonencode({ rules = [...] })',
      console:
        'Amazon ECR > Private registry > Repositories > select the repository > Actions > Lifecycle policies > Create rule',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories set-cleanup-policies <repository> --location=<location> --policy=policy.json --no-dry-run # policy.json: [{"name": "old", "action": {"type": "Delete"}, "condition": {"tagState": "untagged", "olderThan": "30d"}}]',
      terraform:
        'google_artifact_registry_repository: cleanup_policies { action = "DELETE" }, cleanup_policy_dry_run = false',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Cleanup policies',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"algorithm":"or","scope":{"level":"project","ref":<project id>},"trigger":{"kind":"Schedule","settings":{"cron":"0 0 0 * * *"}},"rules":[{"action":"retain","template":"nDaysSinceLastPull","params":{"nDaysSinceLastPull":180},"tag_selectors":[{"kind":"doublestar","decoration":"matches","pattern":"**","extras":"{\\"untagged\\":false}"}],"scope_selectors":{"repository":[{"kind":"doublestar","decoration":"repoMatches","pattern":"**"}]}}]}\' https://<host>/api/v2.0/retentions # keeps what was pulled within half a year and removes all else; try it with a dry run first',
      terraform:
        'harbor_retention_policy: schedule = "Daily", rule { repo_matching = "**", tag_matching = "**", n_days_since_last_pull = 180, untagged_artifacts = false }',
      console: 'Projects > (project) > Policy > Tag Retention > Add Rule, and Schedule',
    },
    acr: {
      risk: 'Images that are deployed by digest and have no tag are deleted as well.',
      undo: 'az acr config retention update --registry <registry> --status disabled --type UntaggedManifests; what was deleted is gone',
      command:
        'az acr config retention update --registry <registry> --status enabled --days 30 --type UntaggedManifests',
      terraform: 'azurerm_container_registry: retention_policy_in_days = 30',
      console: 'Container registries > <registry> > Policies > Retention: Enabled',
      instead:
        'the Premium plan is needed, and the policy passes over OCI images: for those a task with acr purge, whose filters regaudit does not evaluate',
    },
  },
  needs: ['retention'],

  judge({ retention }) {
    switch (retention.mode) {
      case 'none':
        return fail(`no image is ever removed by itself${because(retention)}`);
      case 'dry-run':
        return fail('retention is only tried out and removes nothing');
      case 'rules': {
        const removing = retention.rules.filter(everRemoves);
        if (removing.length > 0) return pass(`removes ${enumerate(removing.map(describeRule))}`);
        const idle = enumerate(retention.rules.map(describeRule));
        return fail(
          idle === '' ? 'there are no retention rules' : `no rule removes images: ${idle}`,
        );
      }
    }
  },
});
