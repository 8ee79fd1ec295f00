import { record, type Static, Type, word } from '../../model/shape.ts';

const project = { pattern: '^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$' };
const location = { pattern: '^[a-z][a-z0-9-]{0,30}$' };

/** Further keys of a configuration entry for Artifact Registry. */
export const artifactRegistryOptions = record(
  {
    project: Type.Optional(
      Type.String({ description: 'One project, by its id.', examples: ['shop-prod'], ...project }),
    ),
    organization: Type.Optional(
      Type.String({
        description: 'All projects of an organisation that hold repositories, by its number.',
        examples: ['123456789012'],
        pattern: '^[0-9]+$',
      }),
    ),
    folder: Type.Optional(
      Type.String({
        description: 'All projects of a folder that hold repositories, by its number.',
        examples: ['210987654321'],
        pattern: '^[0-9]+$',
      }),
    ),
    locations: Type.Optional(
      Type.Array(Type.String(location), {
        description: 'Only these locations; else all that hold repositories.',
        examples: [['europe-west4', 'europe']],
        minItems: 1,
      }),
    ),
    transport: Type.Optional(
      word(
        ['rest', 'grpc'],
        'How the vendor’s client speaks to Artifact Registry (default rest, which obeys proxies).',
      ),
    ),
    endpoint: Type.Optional(
      Type.String({
        description:
          'Another server in place of every Google API, for tests: it gets the credentials. Plain http on loopback only.',
        examples: ['http://127.0.0.1:8080'],
        pattern: '^https?://',
      }),
    ),
    grpcEndpoint: Type.Optional(
      Type.String({
        description: 'The same for calls over gRPC; on loopback only.',
        examples: ['127.0.0.1:8081'],
        pattern: '^(127\\.0\\.0\\.1|localhost):[0-9]{1,5}$',
      }),
    ),
  },
  'Google Artifact Registry',
);
export type ArtifactRegistryOptions = Static<typeof artifactRegistryOptions>;
