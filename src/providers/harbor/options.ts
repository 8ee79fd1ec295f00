import { record, type Static, Type } from '../../model/shape.ts';

const variable = (description: string, example: string) =>
  Type.Optional(
    Type.String({ description, examples: [example], pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  );

/** Further keys of a configuration entry for Harbor. */
export const harborOptions = record(
  {
    url: Type.Optional(
      Type.String({
        description:
          'Where the API is reached; else https:// and the address. Credentials go to http:// only where it is written here.',
        examples: ['https://harbor.example.org'],
        pattern: '^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$',
      }),
    ),
    usernameEnv: variable(
      'Environment variable with the user or the full name of the robot; else HARBOR_USERNAME.',
      'HARBOR_AUDIT_ROBOT',
    ),
    passwordEnv: variable(
      'Environment variable with its password or secret; else HARBOR_PASSWORD.',
      'HARBOR_AUDIT_SECRET',
    ),
    passwordFile: Type.Optional(
      Type.String({
        description: 'A file whose only line is the password or secret.',
        examples: ['/run/secrets/harbor'],
        minLength: 1,
      }),
    ),
  },
  'Harbor',
);
export type HarborOptions = Static<typeof harborOptions>;
