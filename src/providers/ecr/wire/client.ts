import { createRequire } from 'node:module';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import { aborted } from '../../../http/abort.ts';
import { type Limit, limit } from '../../../http/limit.ts';
import type { ScanContext } from '../../contract.ts';
import { type OperationName, operations, type Service } from '../operations.ts';
import { connectionPool } from './connection-pool.ts';
import { ignore, requestHandler, silent } from './request-handler.ts';

/** Makes the declared calls in one account; answers are typed as unknown, decoding is elsewhere. */
export interface AwsClient {
  /** Calls an operation in a region. Rejects with what the SDK throws, after its retries. */
  readonly call: (operation: OperationName, region: string, input?: object) => Promise<unknown>;
  /** How many calls have been made for a registry, retries not counted. */
  readonly calls: () => number;
  /** Ends its connections, and whatever is under way. */
  readonly close: () => void;
}

export interface ClientOptions {
  /** For whom the calls count, in progress reports. */
  readonly registry: string;
  readonly endpoint: string | undefined;
  readonly credentials: object;
  readonly context: Pick<
    ScanContext,
    | 'concurrency'
    | 'gateOf'
    | 'signal'
    | 'scan'
    | 'progress'
    | 'retryPolicy'
    | 'environment'
    | 'caFile'
    | 'clientCertificate'
  >;
}

interface Sendable {
  readonly send: (command: object) => Promise<unknown>;
  readonly config: Readonly<Record<string, unknown>>;
}
type Constructor<T> = new (input: object) => T;

// Required, not imported: the SDKs are CommonJS, and importing them has Node read every file twice over
// for names, which costs a fifth of a second. The build makes these calls imports of its own files.
const require: (name: string) => unknown = createRequire(import.meta.url);

/** How each service's client is loaded, and what its class is called. */
export const clients: Readonly<Record<Service, readonly [load: () => unknown, name: string]>> = {
  ecr: [() => require('@aws-sdk/client-ecr'), 'ECRClient'],
  'ecr-public': [() => require('@aws-sdk/client-ecr-public'), 'ECRPUBLICClient'],
  inspector2: [() => require('@aws-sdk/client-inspector2'), 'Inspector2Client'],
  signer: [() => require('@aws-sdk/client-signer'), 'SignerClient'],
  kms: [() => require('@aws-sdk/client-kms'), 'KMSClient'],
  cloudtrail: [() => require('@aws-sdk/client-cloudtrail'), 'CloudTrailClient'],
  ec2: [() => require('@aws-sdk/client-ec2'), 'EC2Client'],
  iam: [() => require('@aws-sdk/client-iam'), 'IAMClient'],
  sts: [() => require('@aws-sdk/client-sts'), 'STSClient'],
  organizations: [() => require('@aws-sdk/client-organizations'), 'OrganizationsClient'],
};

/** In: whose calls these are and how patient to be. Out: the client; nothing is loaded before a call. */
export function awsClient(options: ClientOptions): AwsClient {
  // On Node 20 the SDK warns on stderr about releases of 2027; our stderr is for the audit.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const { registry, context } = options;
  const { signal } = context;
  const own = limit(context.concurrency);
  const gate = context.gateOf?.(registry, signal);
  const admit: Limit = gate === undefined ? own : (task) => own(() => gate(task));
  const handler = requestHandler({
    sockets: context.concurrency,
    tls: context,
    pool: connectionPool(context.scan, registry.split('/')[3] ?? ''),
  });
  const settings = settingsOf(context.scan);
  const ready = new Map<string, Promise<Caller>>();
  // Cutting the sockets ends all calls at once; a listener for each of thousands of calls is dear. The SDK's clients
  // go too: an organisation has thousands of targets, each of which holds its own until the end.
  const cut = () => {
    handler.destroy();
    ready.clear();
  };
  signal.addEventListener('abort', cut, { once: true });
  let calls = 0;

  // One client per operation: the SDK keeps its rate budget per client, and ECR throttles per operation.
  const callerOf = (name: OperationName, region: string): Promise<Caller> => {
    const key = `${name} ${region}`;
    let caller = ready.get(key);
    if (caller === undefined) {
      caller = construct(name, settings, {
        region,
        requestHandler: handler,
        retryStrategy: retryStrategy(context, () =>
          context.progress({ kind: 'throttled', registry, operation: name }),
        ),
        logger: silent,
        credentials: options.credentials,
        // Some operations have a host of their own, which an endpoint that was given does not.
        ...(options.endpoint === undefined
          ? {}
          : { endpoint: options.endpoint, disableHostPrefix: true }),
      });
      ready.set(key, caller);
    }
    return caller;
  };

  return {
    calls: () => calls,
    close() {
      signal.removeEventListener('abort', cut);
      cut();
    },
    call: async (name, region, input = {}) => {
      // A client that is made now would give the destroyed handler new connections.
      if (signal.aborted) throw aborted(signal);
      const { client, Command } = await callerOf(name, region);
      return admit(async () => {
        if (signal.aborted) throw aborted(signal);
        calls += 1;
        context.progress({ kind: 'call', registry, operation: name });
        // Of a call that was cut the SDK knows no more than that its connection broke.
        return client.send(new Command(input)).catch((error: unknown) => {
          throw signal.aborted ? aborted(signal) : error;
        });
      });
    },
  };
}

interface Caller {
  readonly client: Sendable;
  readonly Command: Constructor<object>;
}

async function construct(
  name: OperationName,
  settings: Map<Service, object>,
  config: object,
): Promise<Caller> {
  const { service, command } = operations[name];
  const [load, className] = clients[service];
  const module = await load();
  const Client = member<Sendable>(module, className);
  const client = new Client({ ...settings.get(service), ...config });
  if (!settings.has(service)) settings.set(service, sharedSettings(client));
  return { client, Command: member(module, `${command}Command`) };
}

/** What each client of the SDK would look up for itself in the environment and in files; none depends on the region. */
const looked = [
  'authSchemePreference',
  'defaultsMode',
  'maxAttempts',
  'retryMode',
  'useDualstackEndpoint',
  'useFipsEndpoint',
  'userAgentAppId',
];

function sharedSettings({ config }: Sendable): object {
  return Object.fromEntries(looked.map((key) => [key, config[key]]));
}

const ofScans = new WeakMap<AbortSignal, Map<Service, object>>();

/** The settings of a scan by service: an organisation needs thousands of clients. */
function settingsOf(scan: AbortSignal): Map<Service, object> {
  const settings = ofScans.get(scan) ?? new Map<Service, object>();
  ofScans.set(scan, settings);
  return settings;
}

/** A class out of a module that was loaded by name. */
function member<T>(module: unknown, name: string): Constructor<T> {
  const found = (module as Readonly<Record<string, unknown>>)[name];
  if (typeof found !== 'function') throw new Error(`the AWS SDK has no ${name}`);
  return found as Constructor<T>;
}

const atOnce = {
  backoff: { computeNextBackoffDelay: () => 0, setDelayBase: ignore },
  rateLimiter: { getSendToken: async () => ignore(), updateClientSendingRate: ignore },
};

/** Throttled calls are worth waiting for; a server that fails or cannot be reached is tried thrice. */
function retryStrategy(
  { retryPolicy, signal }: Pick<ScanContext, 'retryPolicy' | 'signal'>,
  onThrottled: () => void,
) {
  const strategy = new AdaptiveRetryStrategy(retryPolicy.maxAttempts, {
    baseDelay: retryPolicy.baseDelay,
    ...(retryPolicy.waits ? {} : atOnce),
  });
  type Refresh = typeof strategy.refreshRetryTokenForRetry;
  const refresh: Refresh = (token, info) => {
    signal.throwIfAborted();
    if (info.errorType === 'THROTTLING') onThrottled();
    else if (token.getRetryCount() >= 2) throw new Error('tried thrice');
    return strategy.refreshRetryTokenForRetry(token, info);
  };
  return {
    mode: strategy.mode,
    acquireInitialRetryToken: (scope: string) => strategy.acquireInitialRetryToken(scope),
    refreshRetryTokenForRetry: refresh,
    recordSuccess: (token: Parameters<typeof strategy.recordSuccess>[0]) =>
      strategy.recordSuccess(token),
  };
}
