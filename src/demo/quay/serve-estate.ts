import type { RestAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import { quayAnswers } from './answers.ts';
import type { Estate } from './estate.ts';
import { demoToken } from './rights.ts';

/** An estate that can be called over HTTP. */
export interface ServedEstate extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly url: string;
  /** A token that means nothing anywhere. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** The address under which an estate appears, wherever it is served. */
export const demoHost = 'quay.example.org';

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate): Promise<ServedEstate> {
  const { answer, calls, strays, unmetFaults } = quayAnswers(estate, demoHost);
  const { url, close } = await serve(answer);
  return { url, environment: { QUAY_TOKEN: demoToken }, calls, strays, unmetFaults, close };
}
