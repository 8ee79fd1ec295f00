import { createRequire } from 'node:module';
import type { HttpAnswer } from '../../../http/http.ts';
import { once } from '../../../http/once.ts';
import { documented } from '../decode/shape.ts';
import { type OfficialCall, officialCalls } from '../operations.ts';
import { type GrpcInput, type GrpcSettings, grpcOptions, persistently } from './grpc.ts';

/*
 * The vendor's client, @google-cloud/artifact-registry. Its message types drop fields and words that are
 * newer than they are, so it is used where that cannot hide a setting: policies of repositories, images,
 * attachments, and the configuration of VPC Service Controls, whose one word it hands on as a number
 * when it is new. Repositories themselves are read over plain REST.
 */

export interface OfficialClient {
  /** One call; of a listing, one page. Rejects with `HttpError` over REST, and with google-gax's errors over gRPC. */
  readonly call: (operation: OfficialCall, request: object) => Promise<unknown>;
  /** Ends its connections. */
  readonly close: () => Promise<void>;
}

export interface OfficialInput extends GrpcInput {
  readonly base: string;
  /** Sends a request through the shared HTTP layer; with its retries, limits and secrets. */
  readonly send: (operation: OfficialCall, url: string) => Promise<HttpAnswer>;
  readonly grpc: GrpcSettings;
}

type Method = (request: object, options: object) => Promise<readonly unknown[]>;

const methods: Readonly<Record<OfficialCall, string>> = {
  GetRepositoryIamPolicy: 'getIamPolicy',
  ListDockerImages: 'listDockerImages',
  ListAttachments: 'listAttachments',
  GetVpcscConfig: 'getVPCSCConfig',
};

// Required, not imported: importing CommonJS of this size has Node read every file twice over for names.
// The build makes it an import of a file of its own. The client's own file, without all messages once more.
const require: (name: string) => unknown = createRequire(import.meta.url);

/** Out: the client; the vendor's code is loaded at the first call. */
export function officialClient(input: OfficialInput): OfficialClient {
  const overGrpc = input.options.transport === 'grpc';
  const { signal } = input.grpc;
  let made = false;
  const client = once(async () =>
    construct(overGrpc ? await grpcOptions(input) : restOptions(input)),
  );
  const close = async () => {
    signal.removeEventListener('abort', cut);
    // One that could not be made has told so to whoever called.
    if (made) await client().then((one) => one.close(), ignore);
  };
  const cut = () => void close();
  return {
    close,
    call: async (operation, request) => {
      if (!made) signal.addEventListener('abort', cut, { once: true });
      made = true;
      const one = await client();
      const method = one[methods[operation]];
      if (typeof method !== 'function') throw new Error(`the client has no ${methods[operation]}`);
      const ask = async () => {
        const answer = await (method as Method).call(one, request, {
          autoPaginate: false,
          timeout: overGrpc ? longestCall : longerThanHttp,
        });
        // Of a listing the entries come first, and the page as it was sent third.
        return operation.startsWith('List') ? answer[2] : answer[0];
      };
      return overGrpc ? persistently(operation, ask, input.grpc) : ask();
    },
  };
}

/** Milliseconds for one try over gRPC. */
const longestCall = 120_000;
/** Longer than all tries of the HTTP layer together, which keeps the time over REST. */
const longerThanHttp = 30 * 60_000;

function ignore(): void {
  // Nothing is to be done.
}

type VendorClient = Readonly<Record<string, unknown>> & { readonly close: () => Promise<void> };

async function construct(options: object): Promise<VendorClient> {
  const { ArtifactRegistryClient } =
    (await require('@google-cloud/artifact-registry/build/src/v1/artifact_registry_client.js')) as {
      ArtifactRegistryClient: new (options: object) => VendorClient;
    };
  return new ArtifactRegistryClient(options);
}

/** REST, with our HTTP layer in place of the client's. */
function restOptions({ base, send }: OfficialInput): object {
  const { protocol, hostname, port } = new URL(base);
  return {
    fallback: true,
    apiEndpoint: hostname,
    protocol: protocol.slice(0, -1),
    port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
    projectId: 'none',
    auth: {
      getRequestHeaders: async () => new Headers(),
      fetch: async (url: string) => {
        const operation = operationAt(url);
        const answer = await send(operation, url);
        // The message types of the client drop every key that they do not know, `error` among them.
        documented(answer.json(), officialCalls[operation].shape);
        const { status, text } = answer;
        return { ok: true, status, arrayBuffer: async () => Buffer.from(text) };
      },
    },
  };
}

/** Which operation a URL of the client is: the HTTP layer tells calls apart by name. */
function operationAt(url: string): OfficialCall {
  const { pathname } = new URL(url);
  if (pathname.endsWith(':getIamPolicy')) return 'GetRepositoryIamPolicy';
  if (pathname.endsWith('/dockerImages')) return 'ListDockerImages';
  if (pathname.endsWith('/attachments')) return 'ListAttachments';
  if (pathname.endsWith('/vpcscConfig')) return 'GetVpcscConfig';
  throw new Error('the client asks for something that is not declared');
}
