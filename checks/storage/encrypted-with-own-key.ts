import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const encryptedWithOwnKey = defineCheck({
  id: 'encrypted-with-own-key',
  subject: 'repository',
  severity: 'low',
  title: 'Images are encrypted with a key of your own that works',
  why: 'Only a key of your own can be withdrawn, and only its use is logged for you. A key that is disabled or about to be deleted makes the images unreadable.',
  answers: [],
  topics: ['encryption-at-rest-cmk'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
    'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  ],
  fix: {
    ecr: {
      risk: 'Images have to be copied and deployments pointed to the new repository; whoever loses the key loses the images.',
      undo: 'Delete the new repository while nothing uses it.',
      command:
        'aws ecr create-repository --repository-name <new-name> --encryption-configuration encryptionType=KMS,kmsKey=<key-arn>',
      terraform:
        'aws_ecr_repository: encryption_configuration { encryption_type = "KMS", kms_key = "<key-arn>" }',
      console:
        'Amazon ECR > Private registry > Repositories > Create repository > Encryption configuration: AWS KMS',
      instead:
        'The encryption of an existing repository cannot be changed: create another one and copy the images. A disabled key is put right in AWS KMS.',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories create <repository> --location=<location> --repository-format=docker --kms-key=projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>',
      terraform: 'google_artifact_registry_repository: kms_key_name',
      console:
        'Google Cloud console > Artifact Registry > Repositories > Create repository > Encryption',
      instead: 'the key of a repository cannot be changed: create another one and copy the images',
    },
    acr: {
      command:
        'az acr create --name <new registry> --resource-group <group> --sku Premium --identity <identity id> --key-encryption-key <key id>',
      terraform: 'azurerm_container_registry: encryption { key_vault_key_id, identity_client_id }',
      console: 'Create container registry > Encryption > Customer-managed key',
      instead:
        'an existing registry cannot be given a key; one whose key does not work gets it back: az keyvault key set-attributes --id <key id> --enabled true',
    },
  },
  needs: ['encryption'],

  judge({ encryption }) {
    switch (encryption.mode) {
      case 'own-key':
        return encryption.usable.mode === 'yes'
          ? pass(`encrypted with ${encryption.key}`)
          : fail(`encrypted with ${encryption.key}, which is not usable: ${encryption.usable.why}`);
      case 'platform-key':
        return fail(`encrypted with a key of the platform: ${encryption.detail}`);
    }
  },
});
