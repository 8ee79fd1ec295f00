import { record, type Static, Type } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

/** Further keys of a configuration entry for Quay. */
export const quayOptions = record(
  {
    url: urlOption('https://quay.example.org'),
    tokenEnv: Type.Optional(
      Type.String({
        description:
          'Environment variable with the OAuth access token; with _FILE appended, the one that names a file with it (default QUAY_TOKEN).',
        examples: ['AUDIT_QUAY_TOKEN'],
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
      }),
    ),
  },
  'Quay',
);
export type QuayOptions = Static<typeof quayOptions>;
