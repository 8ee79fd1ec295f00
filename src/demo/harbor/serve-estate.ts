import type { RestAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import { demoSecret, harborAnswers } from './answers.ts';
import type { Estate } from './estate.ts';

/** An estate that can be called over HTTP. */
export interface ServedEstate extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly url: string;
  /** Signs in as the estate's caller, with a secret that means nothing anywhere. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** The address under which an estate appears, wherever it is served. */
export const demoHost = 'harbor.example.org';

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate): Promise<ServedEstate> {
  const { answer, calls, strays, unmetFaults } = harborAnswers(estate);
  const { url, close } = await serve(answer);
  const environment = { HARBOR_USERNAME: estate.caller.name, HARBOR_PASSWORD: demoSecret };
  return { url, environment, calls, strays, unmetFaults, close };
}
