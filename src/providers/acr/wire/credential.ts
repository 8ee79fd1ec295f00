import type { TokenCredential } from '@azure/core-auth';
import { unlessAborted } from '../../../http/abort.ts';
import type { ScanContext } from '../../contract.ts';
import type { AcrOptions } from '../options.ts';
import type { Cloud } from './cloud.ts';
import { secured, tlsSettings, transport } from './transport.ts';

/** Milliseconds for the whole chain: several of its links start programs. */
const longestSignIn = 120_000;

/**
 * The credential chain of the Azure SDK: environment, workload identity, managed identity, Azure CLI and
 * further tools of developers; AZURE_TOKEN_CREDENTIALS narrows it. Nothing is asked before the first
 * `getToken`, whose rejection says what is missing.
 */
export async function credentialFor(
  cloud: Cloud,
  { tenant }: AcrOptions,
  context: ScanContext,
): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  const { authority } = cloud;
  const { signal } = context;
  const tlsOptions = tlsSettings(context);
  const chain = new DefaultAzureCredential({
    ...(tenant === undefined ? {} : { tenantId: tenant }),
    ...(tlsOptions === undefined ? {} : { tlsOptions }),
    ...(authority === undefined ? {} : { authorityHost: secured(authority) }),
    ...(authority?.startsWith('http:') === true
      ? {
          // A token endpoint on this machine is in no directory of authorities.
          disableInstanceDiscovery: true,
          httpClient: await transport({
            origin: authority,
            registry: 'acr',
            context,
          }),
        }
      : {}),
  });
  // Not all of the chain can be told to stop, or keeps the time.
  return {
    getToken: (scopes, options) =>
      unlessAborted(chain.getToken(scopes, options), signal, longestSignIn),
  };
}
