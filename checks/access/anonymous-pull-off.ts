import { defineCheck, fail, pass } from '../../src/engine/check.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const anonymousPullOff = defineCheck({
  id: 'anonymous-pull-off',
  subject: 'repository',
  severity: 'critical',
  title: 'Nobody can pull images without having been given access',
  why: 'Whoever can pull an image can read the code, the configuration and every forgotten secret in it.',
  answers: ['C1', 'F1'],
  topics: ['no-anonymous-public-access', 'authentication-required'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
  ],
  fix: {
    ecr: {
      risk: 'Whoever pulls today without being named in the policy can no longer do so.',
      undo: 'Put the policy back as it was: keep a copy of policy.json before you edit it.',
      command: [
        'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
        '# in policy.json, replace the principal "*" by the accounts or roles that need the images',
        'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
      ].join('\n'),
      terraform:
        'aws_ecr_repository_policy: in policy, name accounts or roles as principals instead of "*"',
      console:
        'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories remove-iam-policy-binding <repository> --location=<location> --member=allUsers --role=roles/artifactregistry.reader # or, where it is inherited: gcloud projects remove-iam-policy-binding <project> --member=allUsers --role=<role>',
      terraform:
        'google_artifact_registry_repository_iam_member: no member "allUsers" or "allAuthenticatedUsers"',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions > allUsers > Remove access',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"public":"false"}}\' https://<host>/api/v2.0/projects/<project>',
      terraform: 'harbor_project: public = false',
      console: 'Projects > (project) > Configuration > Project registry: Public',
    },
    'docker-hub': {
      risk: 'Everybody who pulls without signing in is cut off, and the plan limits how many private repositories there are.',
      undo: 'Make the repository public again in the same place.',
      terraform: 'docker_hub_repository: private = true',
      console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Make private',
    },
    acr: {
      risk: 'Clients that pull without a login stop working.',
      undo: 'az acr update --name <registry> --anonymous-pull-enabled true',
      command: 'az acr update --name <registry> --anonymous-pull-enabled false',
      terraform: 'azurerm_container_registry: anonymous_pull_enabled = false',
      instead:
        'anonymous pull opens every repository of a registry: keep what is public in a registry of its own',
    },
  },
  needs: ['publicPull'],

  judge({ publicPull }, { publicRepositories, repository }) {
    const open = (who: string, how: string) =>
      matchesAny(publicRepositories, repository)
        ? pass(`${who} can pull (${how}), as expect.publicRepositories declares`)
        : fail(
            `${who} can pull (${how}); if that is meant, declare it in expect.publicRepositories`,
          );
    switch (publicPull.mode) {
      case 'nobody':
        return pass('nobody can pull without having been given access');
      case 'anyone':
        return open('anyone without login', publicPull.how);
      case 'any-account':
        return open('any account of the platform', publicPull.how);
    }
  },
});
