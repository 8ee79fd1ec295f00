import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const replicated = defineCheck({
  id: 'replicated',
  subject: 'repository',
  severity: 'low',
  title: 'Images exist in a second region or site that is yours or trusted',
  why: 'When a region or a registry is down, nothing that needs a pull starts any more. A copy in an account that is not yours does not help, and hands your images to others.',
  answers: ['F6', 'M3'],
  topics: ['replication-backup'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html',
    'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all replication rules of the registry; copies cost storage and transfer.',
      undo: 'Put the rules back that aws ecr describe-registry showed before; copies stay until they are deleted.',
      command:
        'aws ecr put-replication-configuration --replication-configuration \'{"rules":[{"destinations":[{"region":"<other region>","registryId":"<account>"}]}]}\' # replaces all replication rules of the registry; only images pushed from now on are copied',
      terraform:
        'aws_ecr_replication_configuration: replication_configuration { rule { destination { region = "<other region>", registry_id = "<account>" } } }',
      console:
        'Amazon ECR > Private registry > Features & settings > Replication > Add replication rule',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories create <repository> --location=<us, europe or asia> --repository-format=docker',
      terraform: 'google_artifact_registry_repository: location = "europe"',
      console:
        'Google Cloud console > Artifact Registry > Repositories > Create repository > Location type: Multi-region',
      instead:
        'the location of a repository cannot be changed: create another one and copy the images',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"name":"<name>","enabled":true,"dest_registry":{"id":<registry id>},"trigger":{"type":"event_based"},"filters":[{"type":"name","value":"<project>/**"}],"override":true}\' https://<host>/api/v2.0/replication/policies',
      terraform:
        'harbor_replication: action = "push", registry_id, schedule = "event_based", filters { name = "<project>/**" }',
      console: 'Administration > Replications > New Replication Rule: push-based, event based',
    },
    acr: {
      risk: 'Every replica is paid for.',
      undo: 'az acr replication delete --registry <registry> --name <location>',
      command: 'az acr replication create --registry <registry> --location <location>',
      terraform: 'azurerm_container_registry: georeplications { location = ... }',
      console: 'Container registries > <registry> > Geo-replications > Add',
      instead: 'the Premium plan is needed: az acr update --name <registry> --sku Premium',
    },
  },
  needs: ['replication'],

  judge({ replication }, { trustedAccounts }) {
    switch (replication.mode) {
      case 'none':
        return fail(`images exist in one place only${because(replication)}`);
      case 'to': {
        const yours = ({ own, account }: (typeof replication.places)[number]) =>
          own || trustedAccounts.includes(account);
        const named = (places: typeof replication.places) =>
          enumerate(places.map(({ place, account }) => `${place} (account ${account})`));
        const kept = replication.places.filter(yours);
        const foreign = named(replication.places.filter((place) => !yours(place)));
        if (kept.length === 0) {
          return fail(
            foreign === ''
              ? 'images exist in one place only'
              : `images are copied to accounts that are not known as yours: ${foreign}; trustedAccounts in regaudit.yaml would tell which are`,
          );
        }
        const also =
          foreign === '' ? '' : `, and to accounts that are not known as yours: ${foreign}`;
        return pass(`images are copied to ${named(kept)}${also}`);
      }
    }
  },
});
