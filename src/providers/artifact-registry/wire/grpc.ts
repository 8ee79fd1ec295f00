import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { aborted, unlessAborted } from '../../../http/abort.ts';
import { largestBody } from '../../../http/body-cap.ts';
import { HttpError } from '../../../http/http.ts';
import { type Limit, limit } from '../../../http/limit.ts';
import { proxyFor } from '../../../http/proxy.ts';
import { type TlsInput, tlsMaterial } from '../../../http/tls-material.ts';
import type { RetryPolicy } from '../../retry-policy.ts';
import type { OfficialCall } from '../operations.ts';
import type { ArtifactRegistryOptions } from '../options.ts';
import type { SignIn } from './sign-in.ts';

/** What a connection over gRPC is made from. */
export interface GrpcInput {
  readonly options: Pick<ArtifactRegistryOptions, 'grpcEndpoint' | 'transport'>;
  readonly signIn: SignIn;
  readonly tls: TlsInput;
}

export interface GrpcSettings {
  readonly concurrency: number;
  readonly gate?: Limit | undefined;
  readonly signal: AbortSignal;
  readonly retryPolicy: RetryPolicy;
  readonly onCall: (operation: string) => void;
  readonly onThrottled: (operation: string) => void;
}

/** What is needed of the gRPC library that the vendor's client brings along. */
interface Grpc {
  readonly credentials: {
    readonly createInsecure: () => unknown;
    readonly createSsl: (
      roots: Buffer | null,
      key?: Buffer | null,
      certificate?: Buffer | null,
    ) => unknown;
    readonly combineChannelCredentials: (channel: unknown, call: unknown) => unknown;
    readonly createFromGoogleCredential: (source: object) => unknown;
  };
}

const require: (name: string) => unknown = createRequire(import.meta.url);

/** Options of the vendor's client for gRPC: TLS and our credentials, or in clear to loopback. */
export async function grpcOptions({ options, signIn, tls }: GrpcInput): Promise<object> {
  const { grpc } = (await require('google-gax')) as { grpc: Grpc };
  const { credentials } = grpc;
  const { grpcEndpoint } = options;
  const endpoint = grpcEndpoint === undefined ? null : new URL(`http://${grpcEndpoint}`);
  const proxy = proxyOptions(endpoint ?? new URL(vendorsOwn), tls);
  const auth = await signIn.client();
  // Without our credentials the client would look for its own, at the metadata server among others.
  const common = {
    projectId: 'none',
    authClient: auth,
    'grpc.max_receive_message_length': largestBody,
    ...proxy,
  };
  if (endpoint !== null) {
    const { hostname, port } = endpoint;
    const sslCreds = credentials.createInsecure();
    return { ...common, apiEndpoint: hostname, port: Number(port), sslCreds };
  }
  const sslCreds = credentials.combineChannelCredentials(
    credentials.createSsl(...pemsOf(tls)),
    credentials.createFromGoogleCredential({
      getRequestHeaders: async (url?: string) =>
        Object.fromEntries((await auth.getRequestHeaders(url)).entries()),
    }),
  );
  return { ...common, sslCreds };
}

const vendorsOwn = 'https://artifactregistry.googleapis.com';

/**
 * The same proxy as for every other call. The library itself knows lower-case names alone, and goes past a proxy
 * that it cannot use. Throws `HttpError` for one that is reached over TLS, which it cannot.
 */
function proxyOptions(url: URL, { environment }: TlsInput): object {
  const proxy = proxyFor(url, environment);
  if (proxy === null) return { 'grpc.enable_http_proxy': 0 };
  if (proxy.protocol !== 'http:')
    throw new HttpError('unreachable', 'gRPC has no https proxy; use transport: rest');
  // It takes a proxy from nowhere else; the exceptions are decided above.
  process.env['grpc_proxy'] = proxy.href;
  process.env['no_grpc_proxy'] = '-';
  return {};
}

type Pem = Buffer | null;

/** Roots, key and certificate, as gRPC takes them; null: its own. */
function pemsOf(tls: TlsInput): [roots: Pem, key: Pem, certificate: Pem] {
  const { ca, key, cert } = { ca: [], ...tlsMaterial(tls) };
  const bytes = (text: string | undefined) => (text ? Buffer.from(text) : null);
  return [bytes(ca.join('\n')), bytes(key), bytes(cert)];
}

/** RESOURCE_EXHAUSTED is worth waiting for; DEADLINE_EXCEEDED and UNAVAILABLE are tried thrice. */
const throttled = 8;
const failing = [4, 14];

const admits = new WeakMap<GrpcSettings, Limit>();

/** The vendor's client does not try these calls again by itself (its configuration: non_idempotent). */
export async function persistently(
  operation: OfficialCall,
  call: () => Promise<unknown>,
  settings: GrpcSettings,
): Promise<unknown> {
  const { signal, retryPolicy, concurrency, gate, onCall, onThrottled } = settings;
  let admit = admits.get(settings);
  if (admit === undefined) {
    const own = limit(concurrency);
    admit = gate === undefined ? own : (task) => own(() => gate(task));
    admits.set(settings, admit);
  }
  onCall(operation);
  for (let tries = 1; ; tries += 1) {
    if (signal.aborted) throw aborted(signal);
    // A channel that is closed does not end the calls that are under way.
    const ended = await admit(() => unlessAborted(call(), signal).then(answered, refused));
    if ('answer' in ended) return ended.answer;
    const { code } = Object(ended.error) as { code?: unknown };
    const most =
      code === throttled ? retryPolicy.maxAttempts : failing.includes(Number(code)) ? 3 : 1;
    if (tries >= most) throw ended.error;
    if (code === throttled) onThrottled(operation);
    const pause = retryPolicy.baseDelay * 2 ** (tries - 1) * (1 + Math.random());
    if (retryPolicy.waits) await unlessAborted(sleep(pause, undefined, { signal }), signal);
  }
}

const answered = (answer: unknown) => ({ answer });
const refused = (error: unknown) => ({ error });
