import type {
  ContainerRegistryManagementClient,
  PagedAsyncIterableIterator,
} from '@azure/arm-containerregistry';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import {
  DecodeError,
  type JsonObject,
  maybeString,
  objectOf,
  objectsAt,
} from '../../../decode/fields.ts';
import { aborted } from '../../../http/abort.ts';
import { limit } from '../../../http/limit.ts';
import { once, oncePer } from '../../../http/once.ts';
import { allPages } from '../../../http/pages.ts';
import type { ScanContext } from '../../contract.ts';
import type { OperationName } from '../operations.ts';
import type { Cloud } from './cloud.ts';
import { ArmError } from './errors.ts';
import { operationHeader, secured, transport } from './transport.ts';

/** A call that the SDK has no method for, or whose answer its types would drop fields of. */
export interface RestCall {
  /** Begins with `/`. */
  readonly path: string;
  readonly version: string;
  readonly query?: string;
  /** Sent as JSON with POST; absent: GET. */
  readonly body?: object;
}

/** What a call of the SDK is given: it keeps the words of the wire to itself but for `onResponse`. */
export interface SdkOptions {
  readonly onResponse: (raw: { readonly bodyAsText?: string | null }) => void;
  readonly requestOptions: { readonly headers: Record<string, string> };
  readonly abortSignal: AbortSignal;
}
type Client = ContainerRegistryManagementClient;

/** Calls Resource Manager; answers are what stood on the wire, decoding is elsewhere. */
export interface ArmClient {
  /** A single answer by the SDK. Rejects with `ArmError` or what the Azure libraries throw. */
  readonly get: (
    name: OperationName,
    subscription: string,
    call: (client: Client, options: SdkOptions) => Promise<unknown>,
  ) => Promise<unknown>;
  /** All entries of a listing: the first page by the SDK, further ones by their links. */
  readonly list: (
    name: OperationName,
    subscription: string,
    call: (client: Client, options: SdkOptions) => PagedAsyncIterableIterator<unknown>,
  ) => Promise<readonly JsonObject[]>;
  /** A single answer of a call that is plain REST, through the same pipeline. */
  readonly rest: (name: OperationName, call: RestCall) => Promise<unknown>;
  /** All entries of a listing that is plain REST. */
  readonly restList: (name: OperationName, call: RestCall) => Promise<readonly JsonObject[]>;
  /** How many calls have been made, retries and further pages not counted. */
  readonly calls: () => number;
  /** Ends its connections, and whatever is under way. */
  readonly close: () => Promise<void>;
}

export interface ArmOptions {
  readonly registry: string;
  readonly cloud: Cloud;
  readonly credential: () => Promise<TokenCredential>;
  readonly context: ScanContext;
}

/** In: whose calls these are. Out: the client; no library is loaded before a call. */
export function armClient(options: ArmOptions): ArmClient {
  const { registry, cloud, context } = options;
  const { signal } = context;
  const admit = limit(context.concurrency);
  let calls = 0;

  const wire = once(() => transport({ origin: cloud.manager, registry, context }));
  const clientOf = oncePer(async (subscription) => sdkClient(options, subscription, await wire()));
  const counted = <T>(name: OperationName, work: () => Promise<T>): Promise<T> =>
    admit(async () => {
      if (signal.aborted) throw aborted(signal);
      calls += 1;
      context.progress({ kind: 'call', registry, operation: name });
      // The Azure libraries say of what was cut no more than that it was.
      return work().catch((error: unknown) => {
        throw signal.aborted ? aborted(signal) : error;
      });
    });
  const bySdk = async (
    name: OperationName,
    subscription: string,
    call: (client: Client, options: SdkOptions) => Promise<unknown>,
  ): Promise<unknown> => {
    const bodies: string[] = [];
    await call(await clientOf(subscription), {
      onResponse: ({ bodyAsText }) => bodies.push(bodyAsText ?? ''),
      requestOptions: { headers: { [operationHeader]: name } },
      abortSignal: signal,
    }).catch((error: unknown) => {
      // An answer that the types of the SDK cannot take is still for our decoders to judge.
      if (bodies.length === 0) throw error;
    });
    return json(bodies[0]);
  };
  const byUrl = async (name: OperationName, url: string, body?: object): Promise<unknown> => {
    const { createPipelineRequest } = await import('@azure/core-rest-pipeline');
    const { pipeline } = await clientOf('');
    const method = body === undefined ? 'GET' : 'POST';
    const request = createPipelineRequest({ url, method, abortSignal: signal });
    request.headers.set('accept', 'application/json');
    request.headers.set(operationHeader, name);
    if (body !== undefined) {
      request.headers.set('content-type', 'application/json');
      request.body = JSON.stringify(body);
    }
    const { bodyAsText, headers } = await pipeline.sendRequest(await wire(), request);
    refuseCut(headers.get(cutHeader));
    return json(bodyAsText);
  };
  const urlOf = ({ path, version, query = '' }: RestCall) =>
    `${secured(cloud.manager)}${path}?api-version=${version}${query}`;
  const everyPage = (name: OperationName, first: () => Promise<unknown>) =>
    counted(name, () =>
      allPages(async (link) =>
        pageOf(await (link === undefined ? first() : byUrl(name, linkOf(link)))),
      ),
    );

  return {
    calls: () => calls,
    close: async () => {
      if (calls > 0) (await wire()).close();
    },
    get: (name, subscription, call) => counted(name, () => bySdk(name, subscription, call)),
    list: (name, subscription, call) =>
      everyPage(name, () =>
        bySdk(name, subscription, (client, sdk) => call(client, sdk).byPage().next()),
      ),
    rest: (name, call) => counted(name, () => byUrl(name, urlOf(call), call.body)),
    restList: (name, call) => everyPage(name, () => byUrl(name, urlOf(call))),
  };
}

/** Resource Graph says by this alone that it looked into 10,000 subscriptions and left the others out. */
const cutHeader = 'x-ms-tenant-subscription-limit-hit';

function refuseCut(said: string | undefined): void {
  if (said === undefined || said.toLowerCase() === 'false') return;
  throw new DecodeError('the answer covers 10,000 subscriptions, and there are more');
}

/** A page of Resource Manager: `value`, and `nextLink` where there is more. */
function pageOf(raw: unknown): { items: readonly JsonObject[]; next: string | undefined } {
  const answer = objectOf(raw, 'the answer');
  return { items: objectsAt(answer, 'value'), next: maybeString(answer, 'nextLink') ?? undefined };
}

/** The transport sees to it that it leads nowhere else. */
function linkOf(link: string): string {
  if (URL.canParse(link)) return link;
  throw new DecodeError('nextLink is not a URL');
}

async function sdkClient(
  { cloud, credential, context }: ArmOptions,
  subscription: string,
  httpClient: HttpClient,
): Promise<ContainerRegistryManagementClient> {
  const { ContainerRegistryManagementClient: Client } = await import(
    '@azure/arm-containerregistry'
  );
  const { maxAttempts, baseDelay } = context.retryPolicy;
  const client = new Client(await credential(), subscription, {
    endpoint: secured(cloud.manager),
    credentials: { scopes: [cloud.managerScope] },
    httpClient,
    retryOptions: {
      maxRetries: maxAttempts - 1,
      retryDelayInMs: baseDelay,
      maxRetryDelayInMs: 10_000,
    },
  });
  // Outside of the one that signs in: what comes to it is the last word, after retries and challenges.
  client.pipeline.addPolicy(refusals, { beforePolicies: ['bearerTokenAuthenticationPolicy'] });
  return client;
}

/** Turns a refusal into an `ArmError`, whose words the SDK would lose for listings. */
const refusals: PipelinePolicy = {
  name: 'refusalsPolicy',
  sendRequest: async (request, next) => {
    const response = await next(request);
    if (response.status >= 200 && response.status <= 299) return response;
    throw refusal(response.status, response.bodyAsText ?? '');
  },
};

function json(body: string | null | undefined): unknown {
  if (body === '' || body === null || body === undefined) {
    throw new DecodeError('the answer is empty, expected JSON');
  }
  const answer: unknown = JSON.parse(body);
  // To decoders null means what the operation calls absent.
  if (answer === null) throw new DecodeError('the answer is null');
  return answer;
}

const errorForm = /"code"\s*:\s*"([A-Za-z0-9_.]{1,80})"/;
const messageForm = /"message"\s*:\s*"((?:[^"\\]|\\.){0,400})/;

/** Reads `{"error":{"code","message"}}`; whatever else it is, the status remains. */
function refusal(status: number, body: string): ArmError {
  const head = body.slice(0, 4096);
  const code = errorForm.exec(head)?.[1];
  const message = messageForm.exec(head)?.[1]?.replace(/\\(.)/g, '$1');
  const said = [code ?? `HTTP ${status}`, message].filter((part) => part !== undefined);
  return new ArmError(status, code, said.join(': '));
}
