import fixture from '../../../fixtures/artifact-registry/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registries of Artifact Registry: all projects of an organisation. */
export async function artifactRegistryDemo(): Promise<ServedDemo> {
  const estate = fixture as Estate;
  const { endpoint, environment, close } = await serveEstate(estate);
  const organization = estate.organization?.id;
  return {
    entries: [{ target: 'artifact-registry', endpoint, organization }],
    environment,
    hiddenVariables: ['GOOGLE_', 'GCLOUD_', 'CLOUDSDK_', 'GCE_METADATA_'],
    close,
  };
}
