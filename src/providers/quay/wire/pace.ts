import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpClient } from '../../../http/http.ts';

/** How often a host may be asked. */
export interface Pace {
  readonly perSecond: number;
  /** So many at once after a pause. */
  readonly burst: number;
}

/** What quay.io lets one address ask of its API over HTTP/1 (quay/quay, conf/nginx/rate-limiting.conf.jnj). */
export const hostedPace: Pace = { perSecond: 5, burst: 25 };

/** Makes a client keep to a pace. */
export type Paced = (client: HttpClient) => HttpClient;

/** One pace for everything that is sent through clients of one host; null: as fast as they like. */
export function pacer(pace: Pace | null, signal: AbortSignal): Paced {
  if (pace === null) return (client) => client;
  const { perSecond, burst } = pace;
  const gap = 1000 / perSecond;
  let free = 0;
  const turn = async () => {
    const now = Date.now();
    free = Math.max(free, now) + gap;
    const wait = free - burst * gap - now;
    // An abort shows in the request itself.
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
  };
  return (client) => {
    const send: HttpClient['send'] = async (request) => {
      await turn();
      return client.send(request);
    };
    return { ...client, send, json: async (request) => (await send(request)).json() };
  };
}
