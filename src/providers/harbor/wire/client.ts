import { httpClient } from '../../../http/client.ts';
import { basicOf } from '../../../http/credential-source.ts';
import type { HttpClient } from '../../../http/http.ts';
import type { Secret } from '../../../http/secret.ts';
import { httpSettingsFor } from '../../http-api.ts';

export interface ClientOptions {
  /** For whom the calls count, in progress reports. */
  readonly registry: string;
  /** `https://host[:port][/prefix]`, without a slash at its end. */
  readonly base: string;
  readonly username: Secret;
  readonly password: Secret;
  readonly context: Parameters<typeof httpSettingsFor>[0];
}

/** No cookie is kept: with a session cookie Harbor would ask for a CSRF token (middleware/csrf). */
export function harborClient({
  registry,
  base,
  username,
  password,
  context,
}: ClientOptions): HttpClient {
  const credential = basicOf(username, password);
  return httpClient({
    ...httpSettingsFor(context, registry, `${base}/api/v2.0`),
    authorize: async () => credential,
  });
}
