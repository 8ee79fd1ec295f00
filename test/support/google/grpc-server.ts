import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type GrpcObject,
  loadPackageDefinition,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceClientConstructor,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { googleAnswers } from '../../../src/demo/artifact-registry/answers.ts';
import type { Estate } from '../../../src/demo/artifact-registry/estate.ts';

const root = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const protos = '@google-cloud/artifact-registry/build/protos';
const service = 'google/devtools/artifactregistry/v1/service.proto';

/** A gRPC server made of the vendor's own message types, which answers from an estate. */
export interface GrpcServed {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly calls: ReadonlyMap<string, number>;
  readonly close: () => void;
}

type Request = Readonly<Record<string, unknown>>;

/** How each method is asked for over REST: the estate is answered from in one place. */
const paths: Readonly<Record<string, (request: Request) => string>> = {
  GetIamPolicy: ({ resource }) => `/v1/${resource}:getIamPolicy`,
  ListDockerImages: ({ parent }) => `/v1/${parent}/dockerImages`,
  ListAttachments: ({ parent }) => `/v1/${parent}/attachments`,
  GetVPCSCConfig: ({ name }) => `/v1/${name}`,
};

const codes: Readonly<Record<number, number>> = {
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  429: status.RESOURCE_EXHAUSTED,
};

export async function serveGrpc(estate: Estate): Promise<GrpcServed> {
  const definition = loadSync(join(root, protos, service), {
    includeDirs: [join(root, protos), join(root, 'google-gax/build/protos'), dirname(root)],
    longs: String,
    enums: String,
  });
  const { answer, calls } = googleAnswers(estate);
  const packages = loadPackageDefinition(definition);
  const { service: methods } = at(packages, 'google.devtools.artifactregistry.v1.ArtifactRegistry');
  const server = new Server();
  const handlers = Object.entries(paths).map(([name, path]) => {
    const handle = (call: ServerUnaryCall<Request, object>, done: sendUnaryData<object>) => {
      const { pageSize = 100, pageToken = '' } = call.request as Record<string, string>;
      const query = new URLSearchParams({ pageSize: String(pageSize) });
      if (pageToken !== '') query.set('pageToken', pageToken);
      const headers = { authorization: 'Bearer demo-access-token' };
      const { status: http, body } = answer({
        method: 'GET',
        path: path(call.request),
        query,
        headers,
        body: '',
      });
      const sent = JSON.parse(String(body));
      if (http === 200) done(null, messageOf(sent) as object);
      else {
        const { message } = sent.error;
        done({ code: codes[http] ?? status.UNKNOWN, details: message, metadata: new Metadata() });
      }
    };
    return [name, handle] as const;
  });
  server.addService(methods, Object.fromEntries(handlers) as never);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, calls, close: () => server.forceShutdown() };
}

function at(packages: GrpcObject, name: string): ServiceClientConstructor {
  let found: unknown = packages;
  for (const part of name.split('.')) found = (found as Record<string, unknown>)[part];
  return found as ServiceClientConstructor;
}

/** Points in time are text in JSON and a message of their own in gRPC. */
function messageOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(messageOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key.endsWith('Time') ? time(one) : messageOf(one),
    ]),
  );
}

function time(text: unknown): object {
  return { seconds: Math.floor(Date.parse(String(text)) / 1000), nanos: 0 };
}
