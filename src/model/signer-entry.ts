import { record, type Static, Type } from './shape.ts';

const patterns = (description: string, example: string) =>
  Type.Array(Type.String({ minLength: 1 }), { description, minItems: 1, examples: [[example]] });
const one = (description: string, example: string) =>
  Type.String({ minLength: 1, description, examples: [example] });
const wordOf = <const W extends readonly [string, ...string[]]>(words: W, description: string) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words], description, examples: [words[0]] });
const oneOrMore = (description: string, example: string) =>
  Type.Unsafe<string | readonly string[]>({
    type: ['string', 'array'],
    minLength: 1,
    minItems: 1,
    items: { type: 'string', minLength: 1 },
    description,
    examples: [example],
  });

/** What makes an entry: exactly one of these says who signs. */
export const kindsOfSigner = ['key', 'issuer', 'github', 'ca', 'awsSigner', 'policy'] as const;
export type KindOfSigner = (typeof kindsOfSigner)[number];

const fields = {
  name: one('Who this is, for reports.', 'release pipeline'),
  repositories: Type.Optional(
    patterns('Repositories that it signs for. Wildcards with *. Default: all.', 'prod/*'),
  ),
  key: Type.Optional(oneOrMore('Files of public keys in PEM.', 'trust/release.pub')),
  hash: Type.Optional(
    wordOf(
      ['sha256', 'sha384', 'sha512'],
      'The hash that the key signs with. Default: any that fits.',
    ),
  ),
  issuer: Type.Optional(
    one('The OIDC issuer of a keyless identity, exactly.', 'https://accounts.google.com'),
  ),
  subject: Type.Optional(
    Type.Unsafe<string | readonly string[] | Readonly<Record<string, string>>>({
      type: ['string', 'array', 'object'],
      minLength: 1,
      minItems: 1,
      items: { type: 'string', minLength: 1 },
      minProperties: 1,
      additionalProperties: { type: 'string', minLength: 1 },
      description:
        'With issuer: the whole identity, where * is any text without / and ** any text. With ca: attributes of the certificate.',
      examples: ['https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v*'],
    }),
  ),
  github: Type.Optional(
    one('The repository at GitHub whose workflows sign: OWNER/REPOSITORY or OWNER/*.', 'acme/app'),
  ),
  ownerId: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'The id of that owner, which survives a new owner of the same name.',
      examples: [12345678],
    }),
  ),
  workflow: Type.Optional(
    one(
      'The workflow that signs. Default: any of the repository itself.',
      'acme/workflows/.github/workflows/build.yml',
    ),
  ),
  refs: Type.Optional(patterns('Refs that it signs from. Default: any.', 'refs/tags/*')),
  selfHostedRunners: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'Whether runners that GitHub does not host count.',
      examples: [true],
    }),
  ),
  ca: Type.Optional(oneOrMore('Files of CA certificates in PEM.', 'trust/company-ca.pem')),
  tsa: Type.Optional(
    oneOrMore('Files of root certificates of time-stamp authorities.', 'trust/tsa.pem'),
  ),
  awsSigner: Type.Optional(
    oneOrMore(
      'Signing profiles of AWS Signer by ARN; needs root, the file of its root certificate.',
      'arn:aws:signer:eu-central-1:111122223333:/signing-profiles/app',
    ),
  ),
  policy: Type.Optional(
    one(
      'A trust policy of Notation, a ClusterImagePolicy or a policy.json of containers, as it is.',
      'trust/notation/trustpolicy.json',
    ),
  ),
  root: Type.Optional(
    one(
      'public, or a file: trusted_root.json of a Sigstore, or the root certificate of AWS Signer.',
      'trust/trusted_root.json',
    ),
  ),
  log: Type.Optional(
    wordOf(
      ['required', 'off'],
      'Whether an entry in the transparency log is needed. Default: required.',
    ),
  ),
  statements: Type.Optional(
    patterns(
      'Types of statements that count. Default: signatures; for github and builders also SLSA provenance.',
      'https://slsa.dev/provenance/v1',
    ),
  ),
  revocation: Type.Optional(
    wordOf(['check', 'off'], 'Whether certificates are looked up as revoked. Default: check.'),
  ),
  signaturesIn: Type.Optional(
    oneOrMore(
      'Repositories of the same registry that hold the signatures (COSIGN_REPOSITORY).',
      'acme/signatures',
    ),
  ),
};

export const signerEntry = record(fields, 'Somebody whose signatures count');
export type SignerEntry = Static<typeof signerEntry>;

export const builderEntry = record(
  {
    ...fields,
    builders: Type.Optional(
      patterns(
        'Builders that its provenance may name (builder.id). Default: any.',
        'https://github.com/acme/app/.github/workflows/*',
      ),
    ),
  },
  'Somebody whose provenance counts',
);
export type BuilderEntry = Static<typeof builderEntry>;
