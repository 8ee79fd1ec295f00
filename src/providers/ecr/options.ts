import { record, type Static, Type, word } from '../../model/shape.ts';

/** `eu-west-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export const regionPattern = '^[a-z]{2,}(-[a-z0-9]+)+-[0-9]+$';

/** An organizational unit or the root (Organizations API, OrganizationalUnit). */
export const organizationalUnitPattern = '^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$';

/** Further keys of a configuration entry for ECR. */
export const ecrOptions = record(
  {
    region: Type.Optional(
      Type.String({
        description: 'One region.',
        examples: ['eu-west-1'],
        pattern: regionPattern,
      }),
    ),
    regions: Type.Optional(
      Type.Unsafe<'all' | string[]>({
        description: 'Several regions, or all: every region the account has enabled.',
        examples: ['all', ['eu-west-1', 'us-east-1']],
        anyOf: [
          { const: 'all' },
          {
            type: 'array',
            items: { type: 'string', pattern: regionPattern },
            minItems: 1,
          },
        ],
      }),
    ),
    emptyRegions: Type.Optional(
      word(
        ['lite', 'full'],
        'Of regions: all, a region that holds no repository and lets nobody create one: lite looks no further (three calls), full judges it like any other. Default: lite.',
      ),
    ),
    account: Type.Optional(
      Type.String({
        description: 'The account that must answer; a guard against wrong credentials.',
        examples: ['123456789012'],
        pattern: '^[0-9]{12}$',
      }),
    ),
    profile: Type.Optional(
      Type.String({
        description: 'A profile of the shared AWS configuration.',
        examples: ['audit'],
        minLength: 1,
      }),
    ),
    role: Type.Optional(
      Type.String({
        description:
          'A role to assume, by ARN; of ecr://organization its name, with its path if it has one: the role of each account.',
        examples: ['arn:aws:iam::123456789012:role/regaudit', 'regaudit'],
        pattern: '^(arn:[a-z-]+:iam::[0-9]{12}:role/.+|[A-Za-z0-9_+=,.@/-]{1,512})$',
      }),
    ),
    externalId: Type.Optional(
      Type.String({
        description: 'External id of the role.',
        examples: ['audit-2026'],
        minLength: 2,
      }),
    ),
    accounts: Type.Optional(
      record(
        {
          exclude: Type.Optional(
            Type.Array(Type.String({ pattern: '^[0-9]{12}$' }), {
              description: 'Accounts that are not entered.',
              examples: [['111122223333']],
            }),
          ),
          ou: Type.Optional(
            Type.Array(Type.String({ pattern: organizationalUnitPattern }), {
              description: 'Only accounts below these organizational units.',
              examples: [['ou-ab12-cd34ef56']],
            }),
          ),
        },
        'Of ecr://organization: which accounts.',
      ),
    ),
    endpoint: Type.Optional(
      Type.String({
        description:
          'Another endpoint that speaks the AWS API; else AWS_ENDPOINT_URL and the like.',
        examples: ['http://127.0.0.1:5000'],
        pattern: '^https?://',
      }),
    ),
    public: Type.Optional(
      Type.Boolean({
        description: 'Whether repositories in ECR Public are listed too (default true).',
        examples: [false],
      }),
    ),
  },
  'Amazon ECR',
);
export type EcrOptions = Static<typeof ecrOptions>;
