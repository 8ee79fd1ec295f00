import { httpClient } from '../../../http/client.ts';
import type { HttpAnswer, HttpClient } from '../../../http/http.ts';
import { type HttpContext, httpSettingsFor } from '../../http-api.ts';

/** Fetches layers from the storage that ECR names. */
export interface Layers {
  /** `url`: signed for this layer alone, so that no credential is sent. Rejects with `HttpError`. */
  readonly fetch: (url: string, largestBody: number | undefined) => Promise<HttpAnswer>;
  readonly close: () => Promise<void>;
}

/** In: whose calls these are, for progress reports. Nothing is opened before a layer is fetched. */
export function layersOf(context: HttpContext, registry: string): Layers {
  const clients = new Map<string, HttpClient>();
  const clientOf = (base: string): HttpClient => {
    const open = clients.get(base) ?? httpClient(httpSettingsFor(context, registry, base));
    clients.set(base, open);
    return open;
  };
  return {
    fetch: async (url, largestBody) =>
      clientOf(new URL(url).origin).send({
        operation: 'GetDownloadUrlForLayer',
        path: url,
        ...(largestBody === undefined ? {} : { largestBody }),
      }),
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}
