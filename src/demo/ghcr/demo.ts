import fixture from '../../../fixtures/ghcr/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { GhcrEstate } from './estate.ts';
import { serveGhcr } from './serve-estate.ts';

/** The demo organization on GitHub. */
export async function ghcrDemo(): Promise<ServedDemo> {
  const estate = fixture as GhcrEstate;
  const { options, environment, close } = await serveGhcr(estate);
  return {
    entries: [{ target: `ghcr://${estate.owner.login}`, ...options }],
    environment,
    hiddenVariables: ['GITHUB_', 'GH_', 'REGAUDIT_GITHUB_'],
    close,
  };
}
