import { beforeAll, describe, expect, it } from 'vitest';
import type { Estate } from '../../src/demo/harbor/estate.ts';
import { lawScenes } from '../support/harbor/law-scenes.ts';
import { scanEstate } from '../support/harbor/scan.ts';

type Row = readonly [
  operation: string,
  field: string,
  value: unknown,
  scene: 0 | 1,
  blinded: readonly string[],
];

/** Fields that some checks rest on and others do not: a missing one, or a word nobody has heard of. */
const rows: readonly Row[] = [
  [
    'getSystemInfo',
    'auth_mode',
    undefined,
    0,
    [
      'central-identity-on',
      'self-registration-off',
      'directory-verified',
      'admins-few',
      'tokens-expire',
    ],
  ],
  [
    'getSystemInfo',
    'auth_mode',
    'passkey_auth',
    0,
    ['central-identity-on', 'push-limited-to-ci', 'delete-limited'],
  ],
  ['getSystemInfo', 'self_registration', undefined, 0, ['self-registration-off']],
  ['getSystemInfo', 'project_creation_restriction', 'friends', 0, ['project-creation-limited']],
  [
    'getSystemInfo',
    'harbor_version',
    'dev',
    0,
    ['version-supported', 'audit-log-on', 'pulls-logged'],
  ],
  [
    'getSystemInfo',
    'harbor_version',
    'v3.0.0-1a2b3c4d',
    0,
    ['version-supported', 'audit-log-on', 'pulls-logged'],
  ],
  ['getSystemInfo', 'external_url', undefined, 0, ['tls-only']],
  ['getSystemInfo', 'read_only', undefined, 0, ['deletion-recoverable']],
  ['getConfigurations', 'oidc_endpoint', undefined, 0, ['directory-verified']],
  ['getConfigurations', 'oidc_verify_cert', undefined, 0, ['directory-verified']],
  ['getConfigurations', 'oidc_verify_cert.value', 'yes', 0, ['directory-verified']],
  [
    'getConfigurations',
    'oidc_admin_group',
    undefined,
    0,
    ['admins-few', 'push-limited-to-ci', 'delete-limited'],
  ],
  [
    'getConfigurations',
    'audit_log_forward_endpoint',
    undefined,
    0,
    ['audit-log-exported', 'audit-log-on', 'audit-log-kept'],
  ],
  [
    'getConfigurations',
    'skip_audit_log_database',
    undefined,
    0,
    ['audit-log-on', 'pulls-logged', 'audit-log-kept'],
  ],
  [
    'getConfigurations',
    'disabled_audit_log_event_types',
    undefined,
    0,
    ['audit-log-on', 'audit-log-kept'],
  ],
  [
    'listProjects',
    '[].metadata',
    undefined,
    0,
    [
      'anonymous-pull-off',
      'cross-account-limited',
      'push-scan-on',
      'scan-gate-on',
      'signing-configured',
      'retention-configured',
    ],
  ],
  [
    'listProjects',
    '[].metadata.public',
    undefined,
    0,
    ['anonymous-pull-off', 'cross-account-limited', 'anonymous-catalog-off'],
  ],
  ['listProjects', '[].metadata.public', 'yes', 0, ['anonymous-pull-off', 'anonymous-catalog-off']],
  ['listProjects', '[].metadata.auto_scan', true, 0, ['push-scan-on']],
  ['listProjects', '[].metadata.prevent_vul', true, 0, ['scan-gate-on']],
  ['listProjects', '[].metadata.severity', 'dreadful', 0, ['scan-gate-on']],
  [
    'listProjects',
    '[].metadata.reuse_sys_cve_allowlist',
    true,
    0,
    ['scan-gate-on', 'scan-exceptions-expire'],
  ],
  [
    'listProjects',
    '[].metadata.enable_content_trust',
    true,
    0,
    ['signing-configured', 'signature-required'],
  ],
  ['listProjects', '[].metadata.retention_id', 5, 0, ['retention-configured', 'untagged-expire']],
  ['listProjects', '[].registry_id', 'one', 1, ['upstreams-approved', 'push-limited-to-ci']],
  ['listProjects', '[].metadata.proxy_cache_filter_kind', 'vibes', 1, ['upstream-scope-narrow']],
  ['listRegistries', '[].insecure', 'no', 1, ['upstreams-approved']],
  ['listReplicationPolicies', '[].enabled', 'yes', 0, ['replicated']],
  [
    'listArtifactsOfProject',
    '[].tags[].name',
    undefined,
    0,
    ['recent-images-signed', 'recent-images-scanned'],
  ],
  [
    'listArtifactsOfProject',
    '[].accessories[].type',
    'signature.gpg',
    0,
    ['recent-images-signed', 'recent-images-attested'],
  ],
  ['listArtifactsOfProject', '[].accessories[].digest', undefined, 0, ['recent-images-signed']],
  [
    'listArtifactsOfProject',
    '[].scan_overview',
    { report: { scan_status: 'Dreaming' } },
    0,
    ['recent-images-scanned', 'recent-images-clean'],
  ],
  [
    'listArtifactsOfProject',
    '[].scan_overview',
    { report: { scan_status: 'Success' } },
    0,
    ['recent-images-clean'],
  ],
  ['ListWebhookPoliciesOfProject', '[].targets[].skip_cert_verify', 'no', 0, ['webhooks-use-tls']],
];

describe('a field that is missing or new blinds what rests on it, and turns nothing into a pass', () => {
  let scenes: readonly Estate[];
  let before: readonly ReadonlyMap<string, string>[];
  const verdicts = async (estate: Estate) => {
    const { findings } = await scanEstate(estate);
    return new Map(findings.map(({ check, subject, verdict }) => [`${check} ${subject}`, verdict]));
  };
  beforeAll(async () => {
    scenes = await lawScenes();
    before = await Promise.all(scenes.map(verdicts));
  });

  it.each(rows)('%s %s: %j', async (operation, field, value, index, blinded) => {
    const scene = scenes[index];
    if (scene === undefined) throw new Error('there is no such scene');
    const fault =
      value === undefined
        ? ({ kind: 'missing-field', operation, field } as const)
        : ({ kind: 'new-word', operation, field, value } as const);
    const after = await verdicts({ ...scene, faults: [fault] });
    const of = (check: string) =>
      [...after].filter(([key]) => key.startsWith(`${check} `)).map(([, verdict]) => verdict);
    for (const check of blinded) expect([check, ...of(check)]).toEqual([check, 'unknown']);
    const better = [...after].filter(
      ([key, verdict]) => verdict === 'pass' && before[index]?.get(key) !== 'pass',
    );
    expect(better).toEqual([]);
  });
});
