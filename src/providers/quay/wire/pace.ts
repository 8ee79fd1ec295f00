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

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const pacers = new WeakMap<AbortSignal, Paced>();

/** The pace of quay.io, one for all targets of a scan: it counts the requests of an address, not of a token. */
export function hostedPacer(scan: AbortSignal): Paced {
  const paced =
    pacers.get(scan) ??
    pacer(hostedPace, {
      now: Date.now,
      sleep: (milliseconds) => sleep(milliseconds, undefined, { signal: scan }),
    });
  pacers.set(scan, paced);
  return paced;
}

/** One pace for everything that is sent through its clients. */
export function pacer({ perSecond, burst }: Pace, clock: Clock): Paced {
  const gap = 1000 / perSecond;
  let free = 0;
  const turn = async () => {
    const now = clock.now();
    free = Math.max(free, now) + gap;
    const wait = free - burst * gap - now;
    // An abort shows in the request itself.
    if (wait > 0) await clock.sleep(wait).catch(() => undefined);
  };
  return (client) => {
    const send: HttpClient['send'] = async (request) => {
      await turn();
      return client.send(request);
    };
    return { ...client, send, json: async (request) => (await send(request)).json() };
  };
}
