import { devNull } from 'node:os';
import fixture from '../../../fixtures/ecr/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registries of ECR. */
export async function ecrDemo(): Promise<ServedDemo> {
  const estate = fixture as Estate;
  const { endpoint, environment, close } = await serveEstate(estate);
  return {
    entries: [{ target: 'ecr', endpoint, regions: Object.keys(estate.regions) }],
    environment: {
      ...environment,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
    },
    hiddenVariables: ['AWS_'],
    close,
  };
}
