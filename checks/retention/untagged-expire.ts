import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { describeRule, everRemoves, selectsUntagged } from '../../src/model/retention.ts';

export const untaggedExpire = defineCheck({
  id: 'untagged-expire',
  subject: 'repository',
  severity: 'low',
  title: 'Untagged images are removed',
  why: 'Every overwritten tag leaves an image behind that nobody sees in the list, that nobody patches and that can still be pulled by its digest.',
  answers: ['C5', 'B2'],
  topics: ['retention-lifecycle'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all rules of the repository, and deletes images within a day; an image that is deployed by its digest may have no tag.',
      undo: 'Put the rules back that aws ecr get-lifecycle-policy showed before; deleted images cannot be brought back.',
      command:
        'aws ecr put-lifecycle-policy --repository-name <name> --lifecycle-policy-text \'{"rules":[{"rulePriority":1,"description":"untagged images","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":<days>},"action":{"type":"expire"}}]}\' # replaces all rules of the repository',
      terraform:
        'aws_ecr_lifecycle_policy: selection = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }',
      console:
        'Amazon ECR > Private registry > Repositories > select the repository > Actions > Lifecycle policies > Create rule > Image status: Untagged',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories set-cleanup-policies <repository> --location=<location> --policy=policy.json --no-dry-run # policy.json: [{"name": "untagged", "action": {"type": "Delete"}, "condition": {"tagState": "untagged", "olderThan": "7d"}}]',
      terraform:
        'google_artifact_registry_repository: cleanup_policies { action = "DELETE", condition { tag_state = "UNTAGGED", older_than = "7d" } }',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Cleanup policies',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Weekly","cron":"0 0 0 * * 0"},"parameters":{"delete_untagged":true,"workers":1}}\' https://<host>/api/v2.0/system/gc/schedule # PUT where there is one',
      terraform: 'harbor_garbage_collection: schedule = "weekly", delete_untagged = true',
      console:
        'Administration > Clean Up > Garbage Collection > Schedule to GC, with Allow garbage collection on untagged artifacts',
    },
    acr: {
      risk: 'Images that are deployed by digest and have no tag are deleted as well.',
      undo: 'az acr config retention update --registry <registry> --status disabled --type UntaggedManifests; what was deleted is gone',
      command:
        'az acr config retention update --registry <registry> --status enabled --days 30 --type UntaggedManifests',
      terraform: 'azurerm_container_registry: retention_policy_in_days = 30',
      console: 'Container registries > <registry> > Policies > Retention: Enabled',
      instead:
        'the policy passes over OCI images: for those a task with acr purge --untagged, whose filters regaudit does not evaluate',
    },
  },
  needs: ['retention'],

  judge({ retention }) {
    switch (retention.mode) {
      case 'none':
        return fail(`untagged images are never removed${because(retention)}`);
      case 'dry-run':
        return fail('retention is only tried out and removes nothing');
      case 'rules': {
        const removing = retention.rules.filter(
          (rule) => everRemoves(rule) && selectsUntagged(rule),
        );
        return removing.length > 0
          ? pass(`removed by ${enumerate(removing.map(describeRule))}`)
          : fail('no rule removes untagged images');
      }
    }
  },
});
