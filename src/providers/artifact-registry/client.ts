import { AnswerError } from '../../http/answer.ts';
import { httpClient } from '../../http/client.ts';
import type { HttpClient, HttpRequest } from '../../http/http.ts';
import type { ScanContext } from '../provider.ts';
import { type OfficialClient, officialClient } from './official.ts';
import { type OperationName, operations, type Service } from './operations.ts';
import type { ArtifactRegistryOptions } from './options.ts';
import type { SignIn } from './sign-in.ts';

/** Makes the declared calls; answers are typed as unknown, decoding is elsewhere. */
export interface GoogleClient {
  /** Calls an operation over REST. Rejects with `HttpError`, after retries. */
  readonly rest: (operation: OperationName, request: RestRequest) => Promise<unknown>;
  /** The vendor's own client, for the calls that it loses nothing of; see official.ts. */
  readonly official: OfficialClient;
  /** How many calls have been made for a registry, retries not counted. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export type RestRequest = Pick<HttpRequest, 'path' | 'query' | 'json'>;

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
  const { concurrency, signal, patience, environment, caFile, progress } = context;
  const clients = new Map<Service, HttpClient>();
  const baseOf = (service: Service) => options.endpoint ?? `https://${service}.googleapis.com`;
  let grpcCalls = 0;
  const onCall = (operation: string) => progress({ kind: 'call', registry, operation });
  const onThrottled = (operation: string) => progress({ kind: 'throttled', registry, operation });

  const of = (service: Service): HttpClient => {
    let client = clients.get(service);
    if (client === undefined) {
      client = httpClient({
        base: baseOf(service),
        concurrency,
        signal,
        patience,
        environment,
        caFile,
        // A token that was refused is the same when it is asked for again.
        authorize: async (_request, renewed) => (renewed ? null : signIn.bearer()),
        onExchange: (exchange) => progress({ kind: 'exchange', registry, ...exchange }),
        onCall,
        onThrottled,
      });
      clients.set(service, client);
    }
    return client;
  };
  const send = async (operation: OperationName, request: RestRequest, headers = {}) => {
    const payer = await signIn.quotaProject();
    return of(operations[operation].service).send({
      ...request,
      operation,
      method: request.json === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...(payer === undefined ? {} : { 'x-goog-user-project': payer }) },
    });
  };

  const official = officialClient({
    base: baseOf('artifactregistry'),
    options,
    signIn,
    caFile,
    send: (operation, url) => send(operation, { path: url }),
    grpc: {
      concurrency,
      signal,
      patience,
      onThrottled,
      onCall: (operation) => {
        grpcCalls += 1;
        onCall(operation);
      },
    },
  });

  return {
    rest: async (operation, request) => {
      const answer = (await send(operation, request)).json();
      // To the decoders null means that the API is not used; an empty body means nothing at all.
      if (answer === null) throw new AnswerError('the answer is empty');
      return answer;
    },
    official,
    calls: () => [...clients.values()].reduce((sum, client) => sum + client.calls(), grpcCalls),
    close: async () => {
      await Promise.all([...clients.values(), official].map((client) => client.close()));
    },
  };
}
