import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesAttested = defineCheck({
  id: 'recent-images-attested',
  subject: 'repository',
  severity: 'low',
  title: 'The newest images carry provenance or an SBOM',
  why: 'Provenance tells from which source and by which pipeline an image was built, an SBOM what is in it. Without them the question "where do we run this library" has no answer on the day it is asked.',
  answers: ['C4'],
  topics: ['sbom-provenance'],
  references: [
    'https://slsa.dev/spec/v1.0/provenance',
    'https://csrc.nist.gov/pubs/sp/800/204/d/final',
  ],
  fix: {
    ecr: {
      risk: 'Adds an artifact to the repository, which counts as an image in retention rules.',
      undo: 'Delete the attestation by its digest.',
      command:
        'cosign attest --key awskms:///<key-arn> --type cyclonedx --predicate <sbom.json> <account>.dkr.ecr.<region>.amazonaws.com/<name>@<digest>',
      instead:
        'The console cannot attest: let the pipeline that builds the image attach provenance and SBOM.',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts sbom export --uri=<image>@<digest> # or build with Cloud Build, which writes provenance',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"auto_sbom_generation":"true"}}\' https://<host>/api/v2.0/projects/<project> # or attach provenance: cosign attest --key <key> --type slsaprovenance1 --predicate <file> <host>/<project>/<repository>@<digest>',
      terraform: 'harbor_project: auto_sbom_generation = true',
      console:
        'Projects > (project) > Configuration > SBOM generation: Automatically generate SBOM on push',
    },
    'docker-hub': {
      risk: 'The tag is moved to an index with more members, which very old clients do not read.',
      undo: 'Build without attestations again.',
      command:
        'docker buildx build --provenance=mode=max --sbom=true --push --tag <namespace>/<repository>:<tag> .',
      instead:
        'attestations that BuildKit keeps within the image index cannot be told without a pull; ones attached as referrers can',
    },
    acr: {
      command:
        'oras attach --artifact-type application/spdx+json <registry>.azurecr.io/<repository>@<digest> sbom.spdx.json',
      instead:
        'attestations that BuildKit keeps within an image index cannot be seen without a pull',
    },
  },
  needs: ['recentAttestations'],

  judge({ recentAttestations }) {
    if (recentAttestations.length === 0) return pass('there is no image to judge');
    const all = recentAttestations.length;
    const bare = recentAttestations.filter(({ attestedBy }) => attestedBy.length === 0);
    if (bare.length > 0) {
      const images = enumerate(bare.map(({ image }) => image));
      return fail(`newest images without provenance or SBOM: ${images} (${bare.length} of ${all})`);
    }
    const kinds = new Set(recentAttestations.flatMap(({ attestedBy }) => attestedBy));
    return pass(`newest images with an attestation: ${all} of ${all} (${enumerate([...kinds])})`);
  },
});
