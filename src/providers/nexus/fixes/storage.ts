import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const storage = {
  'encrypted-with-own-key': {
    command:
      'curl -u <administrator> https://<host>/service/rest/v1/blobstores/s3/<name> > <file> # set encryption to {"encryptionType":"kmsManagedEncryption","encryptionKey":"<key>"}, then PUT <file> to the same address',
    terraform:
      'nexus_blobstore_s3: bucket_configuration { encryption { encryption_type = "kmsManagedEncryption", encryption_key = "<key>" } }',
    console: 'Repository > Blob Stores > (blob store) > Encryption',
    risk: 'New blobs cannot be written or read without the key; those that are there stay as they are.',
    undo: 'PUT the blob store back that GET of the same address showed before.',
    references: ['https://help.sonatype.com/en/configuring-blob-stores.html'],
  },
} satisfies Record<Failable['storage'], Fix>;
