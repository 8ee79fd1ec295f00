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

/** Further keys of a configuration entry for GitHub Container Registry. */
export const ghcrOptions = record(
  {
    url: address(
      'The REST API of GitHub Enterprise Server or of a data residency; else GITHUB_API_URL, else api.github.com.',
      'https://github.example.org/api/v3',
    ),
    registryEndpoint: address(
      'The registry, where it is not ghcr.io or containers.HOST.',
      'https://containers.github.example.org',
    ),
    tokenEnv: variable(
      'Environment variable with the token that reads packages; else GITHUB_TOKEN, GH_TOKEN or what docker login left.',
      'PACKAGES_TOKEN',
    ),
    settingsTokenEnv: variable(
      'Environment variable with the token that reads settings (default REGAUDIT_GITHUB_SETTINGS_TOKEN); else the token for packages.',
      'AUDIT_TOKEN',
    ),
    enterprise: Type.Optional(
      Type.String({
        description:
          'The short name of the enterprise of the organization, whose audit log streams are read.',
        examples: ['acme-inc'],
        pattern: '^[A-Za-z0-9][A-Za-z0-9-]*$',
      }),
    ),
  },
  'GitHub Container Registry',
);
export type GhcrOptions = Static<typeof ghcrOptions>;
