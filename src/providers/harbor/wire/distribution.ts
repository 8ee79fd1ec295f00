import { httpClient } from '../../../http/client.ts';
import type { HttpClient } from '../../../http/http.ts';
import { bearerAuthorizer } from '../../../oci/bearer.ts';
import { httpSettingsFor } from '../../http-api.ts';
import type { ClientOptions } from './client.ts';

/** The distribution API of an instance, which stands at the root of its host: for what hangs on images. */
export function distributionClient(options: ClientOptions): HttpClient {
  const { registry, base, username, password, context } = options;
  const settings = httpSettingsFor(context, registry, new URL(base).origin);
  return httpClient({
    ...settings,
    authorize: bearerAuthorizer({
      settings,
      credentials: async () => ({ kind: 'password', username, password }),
      realms: [],
      operation: 'getToken',
    }),
  });
}
