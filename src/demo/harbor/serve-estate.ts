import type { RestAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import { demoSecret, harborAnswers } from './answers.ts';
import type { Estate } from './estate.ts';

/** An estate served over HTTP. */
export interface ServedEstate extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly url: string;
  /** Environment variables of the estate's caller; the secret is not valid anywhere else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** The displayed host of an estate, independent of its port. */
export const demoHost = 'harbor.example.org';

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate): Promise<ServedEstate> {
  const { answer, calls, strays, unmetFaults } = harborAnswers(estate);
  const { url, close } = await serve(answer);
  const environment = { HARBOR_USERNAME: estate.caller.name, HARBOR_PASSWORD: demoSecret };
  return { url, environment, calls, strays, unmetFaults, close };
}
