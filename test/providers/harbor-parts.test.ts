import { expect, it } from 'vitest';
import type { Estate } from '../../src/demo/harbor/estate.ts';
import { scanEstate, scenario } from '../support/harbor/scan.ts';

/** A known part that fails decides, whatever else is unknown; and no part makes a pass. */

async function shopWith(more: Readonly<Record<string, unknown>>, estate: Partial<Estate> = {}) {
  const good = await scenario('all-good');
  const { shop } = good.projects;
  const { findings } = await scanEstate({
    ...good,
    ...estate,
    projects: { shop: { ...shop, ...more } as never },
  });
  return (check: string) => findings.find((finding) => finding.check === check);
}

const image = (name: string, scan?: unknown) => ({
  repository: name,
  name,
  tags: ['1'],
  pushedAt: '2026-10-30T10:00:00Z',
  ...(scan === undefined ? {} : { scan }),
});
const webhook = (address: string) => ({
  id: 1,
  name: address,
  enabled: true,
  targets: [{ type: 'http', address }],
});

it('an image that was never scanned fails beside one whose scan is running', async () => {
  const of = await shopWith({ artifacts: [image('web', 'Running'), image('api')] });
  expect(of('recent-images-scanned')?.verdict).toBe('fail');
  expect(of('recent-images-scanned')?.message).toContain('api:1');
});

it('a running scan beside good ones is unknown', async () => {
  const of = await shopWith({ artifacts: [image('web', 'Running'), image('api', { Low: 1 })] });
  expect(of('recent-images-scanned')?.verdict).toBe('unknown');
});

it('a scan of long ago is not current', async () => {
  const old = { ...image('web', { Low: 1 }), pushedAt: '2026-01-30T10:00:00Z' };
  const of = await shopWith({ artifacts: [old] });
  expect(of('recent-images-scanned')?.verdict).toBe('fail');
});

it('a webhook over plain http fails beside one whose address cannot be read', async () => {
  const of = await shopWith({
    webhooks: [webhook('gopher://hooks.example.org'), webhook('http://hooks.example.org')],
  });
  expect(of('webhooks-use-tls')?.verdict).toBe('fail');
  const alone = await shopWith({
    webhooks: [webhook('gopher://hooks.example.org'), webhook('https://hooks.example.org')],
  });
  expect(alone('webhooks-use-tls')?.verdict).toBe('unknown');
});

it('too many administrators are too many where the robot accounts may not be read', async () => {
  const users = [1, 2, 3, 4, 5, 6].map((user_id) => ({
    user_id,
    username: user_id === 2 ? 'auditor' : `u${user_id}`,
    sysadmin_flag: true,
  }));
  const faults = [{ kind: 'denied', operation: 'ListRobot' } as const];
  const of = await shopWith({}, { users, faults });
  expect(of('admins-few')?.verdict).toBe('fail');
  const few = await shopWith({}, { faults });
  expect(few('admins-few')?.verdict).toBe('unknown');
});

it('a developer of a project can push where robot accounts may not be read', async () => {
  const members = [{ id: 1, entity_name: 'alice', entity_type: 'u', entity_id: 3, role_id: 2 }];
  const faults = [{ kind: 'denied', operation: 'ListRobot' } as const];
  const of = await shopWith({ members }, { faults });
  expect(of('push-limited-to-ci')?.verdict).toBe('fail');
  expect(of('push-limited-to-ci')?.message).toContain('alice');
});

it('garbage collection that has not run yet hides nothing that retention removes', async () => {
  const of = await shopWith({ retention: undefined }, { gcRuns: [] });
  expect(of('untagged-expire')?.verdict).toBe('unknown');
  expect(of('untagged-expire')?.message).toContain('has not run on its schedule yet');
  expect(of('retention-configured')?.verdict).toBe('fail');
  expect(of('retention-spares-production')?.verdict).toBe('pass');
});

it.each(['.sig', '.sbom', ''])(
  'an image that has no tag but %j of another digest is judged, and what names no system is not',
  async (suffix) => {
    const tags = [`sha256-${'0'.repeat(64)}${suffix}`];
    const signed = {
      ...image('web', { Low: 1 }),
      accessories: [{ type: 'signature.notation', name: 'by us' }],
    };
    const other = { ...image('api'), tags };
    const hidden = await shopWith({ artifacts: [signed, { ...other, os: 'linux' }] });
    expect(hidden('recent-images-signed')?.verdict).toBe('fail');
    expect(hidden('recent-images-scanned')?.verdict).toBe('fail');
    const beside = await shopWith({ artifacts: [signed, { ...other, os: '' }] });
    expect(beside('recent-images-signed')?.verdict).toBe('pass');
  },
);

const linux = { type: 'IMAGE', extra_attrs: { os: 'linux' } };
const index = { type: 'IMAGE', references: [{ child_digest: 'sha256:1' }] };

it.each([
  ['an image', { ...linux, tags: [{ name: 'v9' }] }, 'unknown'],
  ['an index', { ...index, tags: [{ name: 'v9' }] }, 'unknown'],
  ['an image without a tag', { ...linux, tags: null }, 'pass'],
  ['an SBOM with a tag', { artifact_type: 'application/spdx+json', tags: [{ name: 'b' }] }, 'pass'],
])('%s that names a subject: %j', async (_, manifest, verdict) => {
  const hidden = { type: 'subject.accessory', name: 'hidden', manifest };
  const artifacts = [
    {
      ...image('web', { Low: 1 }),
      accessories: [{ type: 'signature.notation', name: 'by us' }, hidden],
    },
  ];
  const of = await shopWith({ artifacts });
  for (const check of ['recent-images-signed', 'recent-images-scanned']) {
    expect([check, of(check)?.verdict]).toEqual([check, verdict]);
  }
  const beside = await shopWith({ artifacts: [...artifacts, image('api')] });
  expect(beside('recent-images-signed')?.verdict).toBe('fail');
});

it('a webhook without targets cannot be understood', async () => {
  const { targets: _, ...rest } = webhook('');
  for (const hook of [rest, { ...rest, targets: null }]) {
    const of = await shopWith({ webhooks: [hook] });
    expect(of('webhooks-use-tls')?.verdict).toBe('unknown');
  }
});

it.each(['Error', 'Stopped'])(
  'garbage collection whose newest run ended in %s blinds untagged images alone',
  async (status) => {
    const good = await scenario('all-good');
    const gcRuns = (good.gcRuns ?? []).map((run) => ({ ...run, job_status: status }));
    const of = await shopWith({ retention: undefined }, { gcRuns });
    expect(of('untagged-expire')?.verdict).toBe('unknown');
    expect(of('retention-configured')?.verdict).toBe('fail');
    expect(of('retention-spares-production')?.verdict).toBe('pass');
  },
);

it('a policy that was deleted since the list is one that cannot be read', async () => {
  const of = await shopWith({ retention: undefined, metadata: { retention_id: '77' } });
  for (const check of ['retention-configured', 'retention-spares-production', 'untagged-expire']) {
    expect([check, of(check)?.verdict]).toEqual([check, 'unknown']);
  }
  expect(of('retention-configured')?.message).toContain('just deleted');
});
