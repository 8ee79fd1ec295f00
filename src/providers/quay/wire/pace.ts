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

/** One pace for everything that is sent through clients of one host. */
export function pacer({ perSecond, burst }: Pace, signal: AbortSignal) {
  const gap = 1000 / perSecond;
  let free = 0;
  const turn = async () => {
    const now = Date.now();
    free = Math.max(free, now) + gap;
    const wait = free - burst * gap - now;
    // An abort shows in the request itself.
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
  };
  return (client: HttpClient): HttpClient => {
    const send: HttpClient['send'] = async (request) => {
      await turn();
      return client.send(request);
    };
    return { ...client, send, json: async (request) => (await send(request)).json() };
  };
}
