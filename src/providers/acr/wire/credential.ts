import type { TokenCredential } from '@azure/core-auth';
import { unlessAborted } from '../../../http/abort.ts';
import type { ScanContext } from '../../contract.ts';
import type { AcrOptions } from '../options.ts';
import type { Cloud } from './cloud.ts';
import { signInError } from './sign-in-error.ts';
import { secured, signInWire, transport } from './transport.ts';

/** Milliseconds for the whole chain: several of its links start programs. */
const longestSignIn = 120_000;

/**
 * The credential chain of the Azure SDK: environment, workload identity, managed identity, Azure CLI and
 * further tools of developers; AZURE_TOKEN_CREDENTIALS narrows it. Nothing is asked before the first
 * `getToken`, whose rejection says what is missing.
 */
export async function credentialFor(
  cloud: Cloud,
  options: AcrOptions,
  context: ScanContext,
): Promise<TokenCredential> {
  const { authority } = cloud;
  const { tenant } = options;
  const place = { authority, tenant, environment: context.environment };
  const fail = (error: unknown): never => {
    throw signInError(error, place);
  };
  const chain = await credentialChain(cloud, options, context).catch(fail);
  const { signal } = context;
  // Some credentials of the chain cannot be aborted and have no timeout.
  return {
    getToken: (scopes, more) =>
      unlessAborted(chain.getToken(scopes, more).catch(fail), signal, longestSignIn),
  };
}

/** Rejects where the environment narrows the chain to something that is not there. */
async function credentialChain(
  cloud: Cloud,
  { tenant }: AcrOptions,
  context: ScanContext,
): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  const { authority } = cloud;
  return new DefaultAzureCredential({
    ...(tenant === undefined ? {} : { tenantId: tenant }),
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
      : { httpClient: await signInWire(context) }),
  });
}
