import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const projectCreationLimited = defineCheck({
  id: 'project-creation-limited',
  subject: 'registry',
  severity: 'low',
  title: 'Not everyone can create repositories or projects',
  why: 'What anyone can create nobody owns: it is set up carelessly, forgotten, and takes the names others will look for.',
  answers: ['F2'],
  topics: ['least-privilege-and-push-restricted'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html',
  ],
  fix: {
    ecr: {
      risk: 'Pipelines that create their repository on first use fail unless their role is named.',
      undo: 'Take the statement CreateByFew out of the policy again.',
      command: [
        'aws ecr get-registry-policy --query policyText --output text > policy.json',
        '# add to Statement in policy.json: {"Sid":"CreateByFew","Effect":"Deny","Principal":"*","Action":"ecr:CreateRepository","Resource":"arn:aws:ecr:<region>:<account>:repository/*","Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::<account>:role/<role>"]}}}',
        'aws ecr put-registry-policy --policy-text file://policy.json',
      ].join('\n'),
      terraform:
        'aws_ecr_registry_policy: in policy, a Deny of ecr:CreateRepository for principal "*" with ArnNotLike aws:PrincipalArn = the roles that may',
      console: 'Amazon ECR > Private registry > Features & Settings > Permissions > Edit JSON',
    },
    'artifact-registry': {
      command:
        'gcloud projects remove-iam-policy-binding <project> --member=<allUsers or allAuthenticatedUsers> --role=<role>',
      terraform: 'google_project_iam_member: no member "allUsers" or "allAuthenticatedUsers"',
      console: 'Google Cloud console > IAM & Admin > IAM > (principal) > Remove access',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"project_creation_restriction":"adminonly"}\' https://<host>/api/v2.0/configurations',
      terraform: 'harbor_config_system: project_creation_restriction = "adminonly"',
      console: 'Administration > Configuration > System Settings > Project Creation: Admin Only',
    },
  },
  needs: ['projectCreation'],

  judge({ projectCreation }) {
    switch (projectCreation.mode) {
      case 'limited':
        return pass(`repositories can be created by ${projectCreation.to}`);
      case 'open':
        return fail(`repositories can be created by ${projectCreation.to}`);
    }
  },
});
