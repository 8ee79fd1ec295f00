import { httpClient } from '../../../http/client.ts';
import type { HttpClient } from '../../../http/http.ts';
import type { ScanContext } from '../../contract.ts';
import { countedSettings } from '../../http-api.ts';
import type { Service } from '../operation-kinds.ts';
import { operations } from '../operations.ts';
import type { ArtifactRegistryOptions } from '../options.ts';
import { type OfficialClient, officialClient } from './official.ts';
import type { SignIn } from './sign-in.ts';

/** Makes the declared calls. Responses are typed as unknown; decoders read them. */
export interface GoogleClient {
  /** Calls an operation over REST, at the service that it is of. Rejects with `HttpError`, after retries. */
  readonly send: HttpClient['send'];
  /** The vendor's own client, for the calls that it loses nothing of; see official.ts. */
  readonly official: OfficialClient;
  /** The distribution API of a location, with the same sign-in. */
  readonly content: (location: string) => Pick<HttpClient, 'send'>;
  /** Takes out of a text what a server repeats of the tokens. */
  readonly redacted: (text: string) => string;
  /** How many calls have been made for a registry, retries not counted. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface ClientInput {
  /** For whom the calls count, in progress reports. */
  readonly registry: string;
  readonly options: Pick<ArtifactRegistryOptions, 'endpoint' | 'grpcEndpoint' | 'transport'>;
  readonly signIn: SignIn;
  readonly context: ScanContext;
}

/** In: whose calls these are. Out: the client; it connects to a service when that is first called. */
export function googleClient(input: ClientInput): GoogleClient {
  const { registry, options, signIn, context } = input;
  const { concurrency, signal, retryPolicy, progress } = context;
  const clients = new Map<string, HttpClient>();
  const baseAt = (host: string) => options.endpoint ?? `https://${host}`;
  const hostOf = (service: Service) => `${service}.googleapis.com`;
  const { settingsFor, calls } = countedSettings(context, registry);
  let grpcCalls = 0;

  const clientOf = (host: string): HttpClient => {
    let client = clients.get(host);
    if (client === undefined) {
      client = httpClient({
        ...settingsFor(baseAt(host)),
        // A token that was refused is the same when it is asked for again.
        authorize: async (_request, renewed) => (renewed ? null : signIn.bearer()),
      });
      clients.set(host, client);
    }
    return client;
  };
  const send: HttpClient['send'] = async (request) => {
    const service = services[request.operation]?.service;
    if (service === undefined) throw new Error(`${request.operation} is not declared`);
    const payer = await signIn.quotaProject();
    const headers = payer === undefined ? {} : { 'x-goog-user-project': payer };
    return clientOf(hostOf(service)).send({ ...request, headers });
  };

  const official = officialClient({
    base: baseAt(hostOf('artifactregistry')),
    options,
    signIn,
    tls: context,
    send: (operation, url) => send({ operation, path: url }),
    grpc: {
      concurrency,
      gate: context.gateOf?.(registry, signal),
      signal,
      retryPolicy,
      onThrottled: (operation) => progress({ kind: 'throttled', registry, operation }),
      onCall: (operation) => {
        grpcCalls += 1;
        progress({ kind: 'call', registry, operation });
      },
    },
  });

  return {
    send,
    official,
    content: (location) => clientOf(`${location}-docker.pkg.dev`),
    redacted: signIn.redacted,
    calls: () => calls() + grpcCalls,
    close: async () => {
      await Promise.all([...clients.values(), official].map((client) => client.close()));
    },
  };
}

const services: Readonly<Record<string, { readonly service: Service } | undefined>> = operations;
