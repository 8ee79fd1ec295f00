import { record, type Static, Type } from '../../model/shape.ts';

const address = (description: string, example: string) =>
  Type.Optional(
    Type.String({
      description: `${description} Plain http on this machine alone.`,
      examples: [example],
      pattern: '^(https://|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])([:/]|$))',
    }),
  );
const variable = (description: string, example: string) =>
  Type.Optional(
    Type.String({ description, examples: [example], pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  );

/** Further keys of a configuration entry for Docker Hub. */
export const dockerHubOptions = record(
  {
    usernameEnv: variable(
      'Environment variable with the user name, or for an organization access token the name of the organization (default DOCKER_USERNAME).',
      'DOCKERHUB_USERNAME',
    ),
    passwordEnv: variable(
      'Environment variable with the access token or password; with _FILE appended, the one that names a file with it (default DOCKER_PASSWORD).',
      'DOCKERHUB_TOKEN',
    ),
    scout: Type.Optional(
      Type.Boolean({
        description:
          'Whether Docker Scout is asked for enablement and findings (default false: its GraphQL API is not a documented one).',
        examples: [true],
      }),
    ),
    webhooks: Type.Optional(
      Type.Boolean({
        description:
          'Whether webhooks are read, one more call a repository (default false: the route is not in the API reference).',
        examples: [true],
      }),
    ),
    endpoint: address('Another address of the Docker Hub API.', 'http://127.0.0.1:4010'),
    registryEndpoint: address('Another address of the registry.', 'http://127.0.0.1:5000'),
    scoutEndpoint: address('Another address of the Docker Scout API.', 'http://127.0.0.1:5002'),
  },
  'Docker Hub',
);
export type DockerHubOptions = Static<typeof dockerHubOptions>;
