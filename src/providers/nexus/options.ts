import { record, type Static, Type } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

const variable = (description: string, example: string) =>
  Type.Optional(
    Type.String({ description, examples: [example], pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  );

/** Further keys of a configuration entry for Nexus Repository. */
export const nexusOptions = record(
  {
    url: urlOption('https://nexus.example.org'),
    usernameEnv: variable(
      'Environment variable with the user, or the name code of a user token; else NEXUS_USERNAME.',
      'AUDIT_USER',
    ),
    passwordEnv: variable(
      'Environment variable with the password, or the pass code of a user token; else NEXUS_PASSWORD.',
      'AUDIT_PASSWORD',
    ),
    passwordFile: Type.Optional(
      Type.String({
        description: 'A file whose only line is the password.',
        examples: ['/run/secrets/nexus'],
        minLength: 1,
      }),
    ),
    serviceAccounts: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description:
          'Users that are machines and not people, by user id. Wildcards with *. Nexus Repository does not tell them apart.',
        examples: [['ci-*']],
      }),
    ),
  },
  'Nexus',
);
export type NexusOptions = Static<typeof nexusOptions>;
