import fixture from '../../../fixtures/docker-hub/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { HubEstate } from './estate.ts';
import { serveHub } from './serve-estate.ts';

/** The demo namespace of Docker Hub. */
export async function dockerHubDemo(): Promise<ServedDemo> {
  const estate = fixture as HubEstate;
  const { options, environment, close } = await serveHub(estate);
  return {
    entries: [
      { target: `docker-hub://${estate.namespace}`, ...options, scout: true, webhooks: true },
    ],
    environment,
    hiddenVariables: ['DOCKER_'],
    close,
  };
}
