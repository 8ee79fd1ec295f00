import { record, type Static, Type } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

/** Further keys of a configuration entry for GitLab. */
export const gitlabOptions = record(
  {
    url: urlOption('https://gitlab.example.org'),
    registryUrl: Type.Optional(
      Type.String({
        description: 'Where the registry is reached; else https:// and the host that GitLab names.',
        examples: ['https://registry.gitlab.example.org'],
        pattern: '^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$',
      }),
    ),
    tokenEnv: Type.Optional(
      Type.String({
        description: 'Environment variable with the access token; else GITLAB_TOKEN.',
        examples: ['AUDIT_TOKEN'],
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
      }),
    ),
    tokenFile: Type.Optional(
      Type.String({
        description: 'A file whose only line is the access token.',
        examples: ['/run/secrets/gitlab'],
        minLength: 1,
      }),
    ),
  },
  'GitLab',
);
export type GitlabOptions = Static<typeof gitlabOptions>;
