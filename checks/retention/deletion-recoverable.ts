import { because, defineCheck, fail, pass } from '../../src/engine/check.ts';

export const deletionRecoverable = defineCheck({
  id: 'deletion-recoverable',
  subject: 'repository',
  severity: 'low',
  title: 'Deleted images can be brought back for some days, or cannot be deleted',
  why: 'Whoever steals a credential that may delete, or mistypes a command, otherwise removes what production restarts from, at once and for good.',
  answers: [],
  topics: ['deletion-protection'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/set-repository-policy.html',
    'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  ],
  fix: {
    ecr: {
      risk: 'Retention rules still remove images, but nobody can delete any by hand, not even in an emergency, until the statement is taken out.',
      undo: 'Take the statement KeepImages out of the policy again.',
      command:
        'aws ecr get-repository-policy --repository-name <name> --query policyText --output text > policy.json\n# add to Statement in policy.json: {"Sid":"KeepImages","Effect":"Deny","Principal":"*","Action":["ecr:BatchDeleteImage","ecr:DeleteRepository"]}\naws ecr set-repository-policy --repository-name <name> --policy-text file://policy.json',
      terraform: 'aws_ecr_repository_policy: policy = jsonencode({ Statement = [...] })',
      console:
        'Amazon ECR > Private registry > Repositories > <name> > Permissions > Edit > Add statement',
      instead:
        'Amazon ECR cannot bring a deleted image back: deny the deletion, or replicate to a second region, where deletions are not repeated.',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"action":"immutable","template":"immutable_template","tag_selectors":[{"kind":"doublestar","decoration":"matches","pattern":"**"}],"scope_selectors":{"repository":[{"kind":"doublestar","decoration":"repoMatches","pattern":"**"}]}}\' https://<host>/api/v2.0/projects/<project>/immutabletagrules',
      terraform: 'harbor_immutable_tag_rule: repo_matching = "**", tag_matching = "**"',
      console:
        'Projects > (project) > Policy > Tag Immutability > Add Rule: repositories **, tags **',
      instead:
        'Harbor cannot bring a deleted image back: lock the tags, which forbids their deletion too, or replicate to a second instance without copying deletions.',
    },
    acr: {
      risk: 'Deleted images are paid for until they are purged.',
      undo: 'az acr config soft-delete update --registry <registry> --status disabled',
      command: 'az acr config soft-delete update --registry <registry> --status enabled --days 30',
      console: 'Container registries > <registry> > Policies > Soft delete: Enabled',
      instead:
        'soft delete excludes replication, the artifact cache and the retention policy; where one of those is needed, lock what must stay: az acr repository update --name <registry> --image <repository>:<tag> --delete-enabled false',
    },
  },
  needs: ['recovery'],

  judge({ recovery }) {
    switch (recovery.mode) {
      case 'days':
        return recovery.days >= 1
          ? pass(`deleted images can be brought back for ${recovery.days} days`)
          : fail('deleted images are kept for less than a day');
      case 'blocked':
        return pass(`images cannot be deleted: ${recovery.by}`);
      case 'none':
        return fail(`a deleted image is gone at once${because(recovery)}`);
    }
  },
});
