import { record, type Static, Type } from '../../model/shape.ts';

/** Further keys of a configuration entry for ACR. */
export const acrOptions = record(
  {
    subscriptions: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
        }),
        {
          description: 'Subscriptions whose registries are audited; else all that can be read.',
          examples: [['00000000-0000-0000-0000-000000000000']],
          minItems: 1,
        },
      ),
    ),
    cloud: Type.Optional(
      Type.Unsafe<'public' | 'china' | 'usgov'>({
        description: 'The Azure cloud (default public).',
        examples: ['usgov'],
        enum: ['public', 'china', 'usgov'],
      }),
    ),
    tenant: Type.Optional(
      Type.String({
        description: 'The tenant to sign in to, by id or domain; else as the credential says.',
        examples: ['contoso.example'],
        pattern: '^[0-9A-Za-z.-]+$',
      }),
    ),
    endpoint: Type.Optional(
      Type.String({
        description:
          'Another address of Azure Resource Manager, for private clouds and tests; plain HTTP on loopback only.',
        examples: ['https://management.local.azurestack.external'],
        pattern: '^https?://[^/?#@]+/?$',
      }),
    ),
    authority: Type.Optional(
      Type.String({
        description:
          'Another address of Microsoft Entra ID, for private clouds and tests; plain HTTP on loopback only.',
        examples: ['https://login.local.azurestack.external'],
        pattern: '^https?://[^/?#@]+/?$',
      }),
    ),
  },
  'Azure Container Registry',
);
export type AcrOptions = Static<typeof acrOptions>;
