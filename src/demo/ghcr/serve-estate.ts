import { devNull } from 'node:os';
import { type RestAnswers, restAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import { appRoutes } from './app.ts';
import type { GhcrEstate } from './estate.ts';
import { organizationRoutes } from './organization.ts';
import { packageRoutes } from './packages.ts';
import { registryRefusal, registryRoutes } from './registry.ts';
import { refusal, secretOf } from './replies.ts';

/** An estate that can be called over HTTP. */
export interface ServedGhcr extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly url: string;
  /** Options that lead all calls here. */
  readonly options: Readonly<Record<string, string>>;
  /** Credentials that mean nothing anywhere. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const ofRegistry = ['issueAnonymousToken', 'issueRegistryToken', 'getManifest'];

/** What answers for an owner on GitHub and its registry. */
export function ghcrAnswers(estate: GhcrEstate): RestAnswers {
  return restAnswers({
    routes: [
      ...appRoutes(estate),
      ...organizationRoutes(estate),
      ...packageRoutes(estate),
      ...registryRoutes(estate),
    ],
    refusals: {
      denied: (operation) =>
        ofRegistry.includes(operation)
          ? registryRefusal(403, 'DENIED', 'requested access to the resource is denied')
          : refusal(403, 'Resource not accessible by personal access token'),
      // GitHub answers 403 as well as 429, and says with headers what it means.
      throttled: () => ({
        ...refusal(403, 'You have exceeded a secondary rate limit.'),
        headers: { 'retry-after': '1' },
      }),
      'not-implemented': () => refusal(404, 'Not Found'),
    },
    faults: estate.faults,
    unknownPath: () => refusal(404, 'Not Found'),
  });
}

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveGhcr(estate: GhcrEstate): Promise<ServedGhcr> {
  const { answer, calls, strays, unmetFaults } = ghcrAnswers(estate);
  const { url, close } = await serve(answer);
  const { packages, settings } = estate.tokens;
  return {
    url,
    options: {
      url,
      registryEndpoint: url,
      ...(estate.enterprise === undefined ? {} : { enterprise: estate.enterprise }),
    },
    environment: {
      GITHUB_TOKEN: secretOf('packages', packages),
      ...(settings === undefined || estate.app !== undefined
        ? {}
        : { REGAUDIT_GITHUB_SETTINGS_TOKEN: secretOf('settings', settings) }),
      DOCKER_CONFIG: devNull,
    },
    calls,
    strays,
    unmetFaults,
    close,
  };
}
