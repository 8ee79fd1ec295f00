import { httpClient } from '../../../http/client.ts';
import { bearerOf } from '../../../http/credential-source.ts';
import type { HttpClient } from '../../../http/http.ts';
import { type Secret, secret } from '../../../http/secret.ts';
import { bearerAuthorizer } from '../../../oci/bearer.ts';
import type { ScanContext } from '../../contract.ts';
import { countedSettings } from '../../http-api.ts';
import type { OperationName } from '../operations.ts';
import type { Paced } from './pace.ts';

/** The sides of one Quay. The token goes to no other host. */
export interface Clients {
  readonly api: HttpClient;
  /** Asks as a stranger. */
  readonly anonymous: HttpClient;
  /** The distribution API, with tokens for pulls and never for pushes: to ask for those makes repositories. */
  readonly registry: HttpClient;
  /** How many calls have been made to any of them, retries not counted. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface ClientsInput {
  /** For whom the calls count, in progress reports. */
  readonly id: string;
  readonly base: string;
  readonly token: Secret;
  readonly context: ScanContext;
  readonly paced: Paced;
}

export function clientsFor({ id, base, token, context, paced }: ClientsInput): Clients {
  const { settingsFor, calls } = countedSettings(context, id);
  const settings = settingsFor(base);
  const bearer = bearerOf(token);
  const api = httpClient({
    ...settings,
    authorize: async (_, renewed) => (renewed ? null : bearer),
  });
  const anonymous = httpClient(settings);
  const registry = httpClient({
    ...settings,
    authorize: bearerAuthorizer({
      settings,
      credentials: async () => ({
        kind: 'password',
        username: secret('$oauthtoken'),
        password: token,
      }),
      realms: [],
      operation: 'getToken' satisfies OperationName,
    }),
  });
  return {
    api: paced(api),
    anonymous: paced(anonymous),
    registry: paced(registry),
    calls,
    close: async () => {
      await Promise.all([api.close(), anonymous.close(), registry.close()]);
    },
  };
}
