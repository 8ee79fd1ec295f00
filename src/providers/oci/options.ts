import { record, type Static, Type } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

const variable = (description: string, example: string) =>
  Type.Optional(
    Type.String({ description, examples: [example], pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  );

/** Further keys of a configuration entry for a registry of any product. */
export const ociOptions = record(
  {
    url: urlOption('https://registry.example.org'),
    repositories: Type.Optional(
      Type.Array(Type.String({ minLength: 1, pattern: '^[a-z0-9][a-z0-9._/-]*$' }), {
        description:
          'The repositories to audit, where the registry lists none or only those that the caller may read.',
        examples: [['team/app', 'team/web']],
        minItems: 1,
        uniqueItems: true,
      }),
    ),
    realm: Type.Optional(
      Type.String({
        description: 'Address of the token service, where it is on a host of another domain.',
        examples: ['https://auth.example.com'],
        pattern: '^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$',
      }),
    ),
    usernameEnv: variable(
      'Environment variable with the user; else what docker login left for the host, or OCI_USERNAME for the host of OCI_URL.',
      'OCI_AUDIT_USER',
    ),
    passwordEnv: variable(
      'Environment variable with the password or token; with _FILE appended, the one that names a file with it.',
      'OCI_AUDIT_PASSWORD',
    ),
  },
  'OCI registry',
);
export type OciOptions = Static<typeof ociOptions>;
