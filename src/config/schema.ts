import { checkSetting } from '../model/check-setting.ts';
import { exception, owned } from '../model/exception.ts';
import { expectations } from '../model/expectations.ts';
import { type Severity, severities } from '../model/finding.ts';
import { type Profile, profiles } from '../model/profile.ts';
import { record, type Static, Type } from '../model/shape.ts';

/** What holds when neither flag, environment nor configuration says otherwise. */
export const defaults = {
  failOn: 'high',
  profile: 'recommended',
  concurrencyTotal: 64,
  newest: 5,
  mayPull: false,
} as const;

/** `ecr`, `ecr://123456789012/eu-west-1`, or a registry address: `shop.azurecr.io`, `localhost:5000/app` */
export const targetPattern =
  '^([a-z][a-z0-9-]*(://[^\\s]+)?|([A-Za-z0-9-]+\\.[A-Za-z0-9.-]*[A-Za-z0-9]|localhost|[A-Za-z0-9.-]+(?=:\\d))(:\\d+)?(/[^\\s]*)?)$';

/** An entry of `registries` with options of its provider; those are checked by the provider's schema. */
export interface RegistryEntry {
  readonly target: string;
  readonly [option: string]: unknown;
}

/** An entry in its longer form. */
export function entryOf(entry: string | RegistryEntry): RegistryEntry {
  return typeof entry === 'string' ? { target: entry } : entry;
}

/** The provider of a target: what stands before `://`. */
export function providerOf(target: string): string {
  return target.split('://', 1)[0] ?? '';
}

/** An id with a namespace is that of a custom check, which is loaded once all files have been read. */
export function isCustom(id: string): boolean {
  return id.includes('/');
}

/**
 * One schema for both forms of an entry: JSON Schema applies `pattern` to strings and `required` to
 * objects only, so that no `anyOf` stands between the user and the message.
 */
const registry = Type.Unsafe<string | RegistryEntry>({
  type: ['string', 'object'],
  description:
    'A registry: its target alone, or an object of the target and further options of its provider, such as region, profile or role.',
  examples: ['ecr', 'ecr://123456789012/eu-west-1', { target: 'ecr', regions: 'all' }],
  pattern: targetPattern,
  required: ['target'],
  properties: {
    target: {
      type: 'string',
      pattern: targetPattern,
      description: 'The provider, provider://address, or the address of a registry.',
      examples: ['ecr', 'ecr://123456789012/eu-west-1'],
    },
  },
});

const exceptionExample = {
  check: 'tags-immutable',
  registry: 'ecr://123456789012/eu-west-1',
  repository: 'team/legacy',
  reason: 'Moves to immutable tags with the new pipeline',
  owner: 'platform-team',
  expires: '2027-01-31',
};

const report = record({
  format: Type.String({ minLength: 1, description: 'As for --format.', examples: ['sarif'] }),
  file: Type.String({
    minLength: 1,
    description: 'Where to write it: below the folder that regaudit runs in.',
    examples: ['regaudit.sarif'],
  }),
});

const repositories = (description: string, example: string) =>
  Type.Array(Type.String({ minLength: 1 }), { description, examples: [[example]] });

/** What `regaudit.yaml` may say. All of it is optional. */
export const configSchema = record(
  {
    extends: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'A local file to extend, relative to this file. Values here override it; waivers and acceptUnknown are joined.',
        examples: ['../regaudit-base.yaml'],
      }),
    ),
    profile: Type.Optional(
      Type.Unsafe<Profile>({
        type: 'string',
        enum: [...profiles],
        default: defaults.profile,
        description:
          'Which checks run unless `checks` sets them: a few that suit every organisation (baseline), the default ones (recommended), or all, with failOn medium (strict).',
        examples: ['strict'],
      }),
    ),
    registries: Type.Optional(
      Type.Array(registry, {
        description: 'The registries to audit if none is given on the command line.',
        examples: [['ecr']],
      }),
    ),
    include: Type.Optional(
      repositories('Audit only repositories with these names. Wildcards with *.', 'team-a/*'),
    ),
    exclude: Type.Optional(
      repositories('Skip repositories with these names. Wildcards with *.', 'scratch/*'),
    ),
    checks: Type.Optional(
      Type.Record(Type.String(), checkSetting, {
        description:
          'By id (regaudit list checks): on, off, another severity, or one of these with rules by registry and repository.',
        examples: [
          {
            'tags-immutable': 'off',
            'push-limited-to-ci': { set: 'high', where: [{ repository: 'sandbox/*', set: 'off' }] },
          },
        ],
      }),
    ),
    failOn: Type.Optional(
      Type.Unsafe<Severity | 'none'>({
        type: 'string',
        enum: [...severities, 'none'],
        default: defaults.failOn,
        description:
          'The lowest severity that makes a scan exit with 1. The profile strict has medium.',
        examples: ['high'],
      }),
    ),
    waivers: Type.Optional(
      Type.Array(exception, {
        description:
          'Failures that have an owner until a date. They are reported and do not fail the scan; an unknown is never waived.',
        examples: [[exceptionExample]],
      }),
    ),
    acceptUnknown: Type.Optional(
      Type.Array(exception, {
        description:
          'Unknowns that have an owner until a date. They stay unknown and do not make the scan exit with 3.',
        examples: [
          [{ ...exceptionExample, reason: 'The audit role cannot read this account before May' }],
        ],
      }),
    ),
    targetsFrom: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description:
          'Text files of further registries, relative to this file: one target a line, options after it as key=value, # before a comment.',
        examples: [['harbors.txt']],
      }),
    ),
    owners: Type.Optional(
      Type.Array(owned, {
        description:
          'Who owns which subjects, for reports. The last matching entry wins, as in CODEOWNERS.',
        examples: [
          [{ owner: 'platform-team' }, { repository: 'checkout/*', owner: 'team-checkout' }],
        ],
      }),
    ),
    ownerTag: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'The tag or label of a repository, else of its registry, that names its owner where no entry of owners matches.',
        examples: ['owner'],
      }),
    ),
    reports: Type.Optional(
      Type.Array(report, {
        description: 'Further reports to write, unless --report is given.',
        examples: [[{ format: 'sarif', file: 'regaudit.sarif' }]],
      }),
    ),
    expect: Type.Optional(
      Type.Partial(expectations, { examples: [{ productionTags: ['v*'], longestTokenDays: 90 }] }),
    ),
    images: Type.Optional(
      Type.Object(
        {
          newest: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 1000,
              default: defaults.newest,
              description:
                'How many of the newest images of a repository are checked, besides those with a tag of expect.productionTags.',
              examples: [5],
            }),
          ),
          mayPull: Type.Optional(
            Type.Boolean({
              default: defaults.mayPull,
              description:
                'Whether signatures and attestations may be read if that counts as a pull (Docker Hub, ACR). Without it, findings that need their content are unknown.',
              examples: [true],
            }),
          ),
        },
        {
          additionalProperties: false,
          description: 'Which images represent their repository in checks of scans and signatures',
          examples: [{ newest: 10 }],
        },
      ),
    ),
    probe: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Whether each registry is also looked at without credentials, by GET, HEAD and OPTIONS alone. Where a stranger gets more than the settings that were read allow, the finding fails.',
        examples: [true],
      }),
    ),
    checksDir: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description:
          'Folders of custom checks in YAML, relative to this file. Checks in code load only from --checks-dir, --plugin or REGAUDIT_CHECKS_DIR.',
        examples: [['./registry-checks']],
      }),
    ),
    concurrency: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description:
          'Maximum concurrent API calls per registry. Default: 25 for ECR, 10 for others.',
        examples: [25],
      }),
    ),
    caFile: Type.Optional(
      Type.String({
        minLength: 1,
        description: "A file of PEM certificates to trust besides the system's.",
        examples: ['/etc/ssl/company-ca.pem'],
      }),
    ),
    timeout: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 604_800,
        description:
          'Time limit of the scan in seconds. Results so far are reported, marked incomplete.',
        examples: [900],
      }),
    ),
    registryTimeout: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 604_800,
        description:
          'Time limit of one registry in seconds, for signing in and again for reading it. The rest of it is unknown, and other registries continue. Default: only the limits of each call.',
        examples: [300],
      }),
    ),
  },
  'Configuration of regaudit',
);
/** One file, as it stands there. */
export type ConfigFile = Static<typeof configSchema>;
