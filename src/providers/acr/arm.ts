import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  ContainerRegistryManagementClient,
  PagedAsyncIterableIterator,
} from '@azure/arm-containerregistry';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import { type Answer, AnswerError, maybeText, objectOf, objectsAt } from '../../http/answer.ts';
import { limit } from '../../http/limit.ts';
import { once, oncePer } from '../../http/once.ts';
import { allPages, PagingError } from '../../http/pages.ts';
import type { ScanContext } from '../provider.ts';
import type { Cloud } from './cloud.ts';
import { ArmError } from './errors.ts';
import type { OperationName } from './operations.ts';
import { secured, transport, trustedCertificates } from './transport.ts';

/** A call that the SDK has no method for, or whose answer its types would drop fields of. */
export interface RestCall {
  /** Begins with `/`. */
  readonly path: string;
  readonly version: string;
  readonly query?: string;
  /** Sent as JSON with POST; absent: GET. */
  readonly body?: object;
}

/** Calls Resource Manager; answers are what stood on the wire, decoding is elsewhere. */
export interface ArmClient {
  /** A single answer by the SDK. Rejects with `ArmError` or what the Azure libraries throw. */
  readonly get: (
    name: OperationName,
    subscription: string,
    call: (client: ContainerRegistryManagementClient) => Promise<unknown>,
  ) => Promise<unknown>;
  /** All entries of a listing by the SDK, which follows its pages. */
  readonly list: (
    name: OperationName,
    subscription: string,
    call: (client: ContainerRegistryManagementClient) => PagedAsyncIterableIterator<unknown>,
  ) => Promise<readonly Answer[]>;
  /** A single answer of a call that is plain REST. */
  readonly rest: (name: OperationName, call: RestCall) => Promise<unknown>;
  /** All entries of a listing that is plain REST. */
  readonly restList: (name: OperationName, call: RestCall) => Promise<readonly Answer[]>;
  /** How many calls have been made, retries and further pages not counted. */
  readonly calls: () => number;
}

export interface ArmOptions {
  readonly registry: string;
  readonly cloud: Cloud;
  readonly credential: () => Promise<TokenCredential>;
  readonly context: ScanContext;
}

/** What one call has got so far: the SDK keeps the words of the wire to itself, a policy does not. */
interface Reading {
  readonly name: OperationName;
  readonly bodies: unknown[];
  readonly asked: Set<string>;
}

const mostPages = 10_000;

/** In: whose calls these are. Out: the client; no library is loaded before a call. */
export function armClient(options: ArmOptions): ArmClient {
  const { registry, cloud, context } = options;
  const reading = new AsyncLocalStorage<Reading>();
  const admit = limit(context.concurrency);
  let calls = 0;

  const wire = once(() =>
    transport({
      origin: cloud.manager,
      registry,
      context,
      operation: () => reading.getStore()?.name ?? 'sign-in',
    }),
  );
  const clientOf = oncePer(async (subscription) =>
    sdkClient(options, subscription, await wire(), witness(reading)),
  );
  const counted = async (name: OperationName, work: () => Promise<unknown>) =>
    admit(async () => {
      context.signal.throwIfAborted();
      calls += 1;
      context.progress({ kind: 'call', registry, operation: name });
      const one: Reading = { name, bodies: [], asked: new Set() };
      await reading.run(one, work);
      return one.bodies;
    });
  const rest = async (call: RestCall, link?: string) => {
    const { createPipelineRequest } = await import('@azure/core-rest-pipeline');
    const url =
      link ??
      `${secured(cloud.manager)}${call.path}?api-version=${call.version}${call.query ?? ''}`;
    const { pipeline } = await clientOf('');
    const request = createPipelineRequest({
      url,
      method: call.body === undefined ? 'GET' : 'POST',
    });
    request.headers.set('accept', 'application/json');
    if (call.body !== undefined) {
      request.headers.set('content-type', 'application/json');
      request.body = JSON.stringify(call.body);
    }
    return pipeline.sendRequest(await wire(), request);
  };

  return {
    calls: () => calls,
    get: async (name, subscription, call) =>
      last(await counted(name, async () => call(await clientOf(subscription)))),
    list: async (name, subscription, call) =>
      entriesOf(
        await counted(name, async () => {
          for await (const _ of call(await clientOf(subscription)).byPage());
        }),
      ),
    rest: async (name, call) => last(await counted(name, () => rest(call))),
    restList: async (name, call) =>
      entriesOf(
        await counted(name, () =>
          allPages(async (link) => {
            const { bodyAsText } = await rest(call, link);
            const next = maybeText(
              objectOf(JSON.parse(bodyAsText ?? ''), 'the answer'),
              'nextLink',
            );
            return { items: [], next: next ?? undefined };
          }),
        ),
      ),
  };
}

async function sdkClient(
  { cloud, credential, context }: ArmOptions,
  subscription: string,
  httpClient: HttpClient,
  policy: PipelinePolicy,
): Promise<ContainerRegistryManagementClient> {
  const { ContainerRegistryManagementClient: Client } = await import(
    '@azure/arm-containerregistry'
  );
  const { attempts, baseDelay } = context.patience;
  const tlsOptions = trustedCertificates(context.caFile);
  const client = new Client(await credential(), subscription, {
    endpoint: secured(cloud.manager),
    credentials: { scopes: [cloud.managerScope] },
    httpClient,
    retryOptions: {
      maxRetries: attempts - 1,
      retryDelayInMs: baseDelay,
      maxRetryDelayInMs: 10_000,
    },
    ...(tlsOptions === undefined ? {} : { tlsOptions }),
  });
  // Outside of the one that signs in: what comes to it is the last word, after retries and challenges.
  client.pipeline.addPolicy(policy, { beforePolicies: ['bearerTokenAuthenticationPolicy'] });
  return client;
}

/** Keeps the answer of each page for the call it belongs to, and turns a refusal into an `ArmError`. */
function witness(reading: AsyncLocalStorage<Reading>): PipelinePolicy {
  return {
    name: 'witnessPolicy',
    sendRequest: async (request, next) => {
      const one = reading.getStore();
      if (one === undefined) throw new Error('a request that no operation asked for');
      if (one.asked.has(request.url)) {
        throw new PagingError('the server names a page it has named before');
      }
      if (one.asked.size >= mostPages) throw new PagingError(`more than ${mostPages} pages`);
      one.asked.add(request.url);
      const response = await next(request);
      const body = response.bodyAsText ?? '';
      if (response.status < 200 || response.status > 299) throw refusal(response.status, body);
      one.bodies.push(json(body));
      return response;
    },
  };
}

function json(body: string): unknown {
  return body === '' ? emptyAnswer() : JSON.parse(body);
}

function emptyAnswer(): never {
  throw new AnswerError('the answer is empty, expected JSON');
}

const errorForm = /"code"\s*:\s*"([A-Za-z0-9_.]{1,80})"/;
const messageForm = /"message"\s*:\s*"((?:[^"\\]|\\.){0,400})/;

/** Reads `{"error":{"code","message"}}`; whatever else it is, the status remains. */
function refusal(status: number, body: string): ArmError {
  const head = body.slice(0, 4096);
  const code = errorForm.exec(head)?.[1];
  const message = messageForm.exec(head)?.[1]?.replace(/\\(.)/g, '$1');
  const said = [code ?? `HTTP ${status}`, message].filter((part) => part !== undefined);
  return new ArmError(status, said.join(': '));
}

function last(bodies: unknown): unknown {
  return (bodies as readonly unknown[]).at(-1);
}

function entriesOf(bodies: unknown): readonly Answer[] {
  return (bodies as readonly unknown[]).flatMap((body) =>
    objectsAt(objectOf(body, 'the answer'), 'value'),
  );
}
