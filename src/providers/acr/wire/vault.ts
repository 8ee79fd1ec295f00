import type { TokenCredential } from '@azure/core-auth';
import { httpClient } from '../../../http/client.ts';
import { bearerOf } from '../../../http/credential-source.ts';
import { secret } from '../../../http/secret.ts';
import type { Fact } from '../../../model/fact.ts';
import type { ScanContext } from '../../contract.ts';
import { ask } from '../../facts.ts';
import { httpSettingsFor } from '../../http-api.ts';
import { type KeyAnswer, keyPlace, keyTrouble } from '../decode/key.ts';
import { operations } from '../operations.ts';
import { type Cloud, vaultAddress } from './cloud.ts';
import { acrErrors, ForeignHost } from './errors.ts';

export interface VaultOptions {
  readonly registry: string;
  readonly cloud: Cloud;
  readonly credential: () => Promise<TokenCredential>;
  readonly context: ScanContext;
}

/**
 * Why the key of a registry does not work; null: it does. The vault is spoken to by its own API, and
 * only below the domain of vaults. `identifier`: as the registry gives it.
 */
export async function keyTroubleOf(
  identifier: string,
  options: VaultOptions,
): Promise<Fact<string | null>> {
  const { context } = options;
  return ask(
    'Keys_Get',
    operations.Keys_Get,
    acrErrors,
    () => keyOf(identifier, options),
    (raw) => keyTrouble(raw as KeyAnswer, context.now().toISOString()),
  );
}

async function keyOf(identifier: string, options: VaultOptions): Promise<KeyAnswer> {
  const { registry, cloud, credential, context } = options;
  const { host, path } = keyPlace(identifier);
  const vault = vaultAddress(cloud, host);
  if (vault === null) throw new ForeignHost(`${host} is no key vault, so no token is sent there`);
  const { base, scope } = vault;
  const client = httpClient({
    ...httpSettingsFor(context, registry, base),
    concurrency: 1,
    authorize: async (_request, renewed) => {
      if (renewed) return null;
      const token = await (await credential()).getToken(scope);
      return token === null ? null : bearerOf(secret(token.token));
    },
  });
  const request = { operation: 'Keys_Get', path, query: { 'api-version': '7.4' }, expected: [404] };
  const answer = await client.send(request).finally(() => client.close());
  return { found: answer.status !== 404, body: answer.json(), path };
}
