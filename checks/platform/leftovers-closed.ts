import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const leftoversClosed = defineCheck({
  id: 'leftovers-closed',
  subject: 'registry',
  severity: 'high',
  title: 'Nothing left of a retired registry service is open to strangers',
  why: 'Images of years past lie in storage that nobody looks at any more, under the grants of that time.',
  answers: ['C1'],
  topics: ['no-anonymous-public-access'],
  references: [
    'https://docs.cloud.google.com/artifact-registry/docs/transition/transition-from-gcr',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    'artifact-registry': {
      command:
        'gcloud storage buckets update gs://<bucket> --public-access-prevention --uniform-bucket-level-access # or, when nothing needs it: gcloud storage rm --recursive gs://<bucket>',
      terraform:
        'google_storage_bucket: public_access_prevention = "enforced", uniform_bucket_level_access = true',
      console:
        'Google Cloud console > Cloud Storage > Buckets > (bucket) > Permissions > Prevent public access',
    },
  },
  needs: ['leftovers'],

  judge({ leftovers }) {
    const open = leftovers.flatMap(({ name, access }) =>
      access.mode === 'public' ? [`${name} is open: ${access.how}`] : [],
    );
    if (open.length > 0) return fail(enumerate(open));
    return pass(
      leftovers.length === 0 ? 'nothing is left of one' : 'what is left is closed to strangers',
    );
  },
});
