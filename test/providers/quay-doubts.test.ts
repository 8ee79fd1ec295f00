import { describe, expect, it } from 'vitest';
import type { Estate } from '../../src/demo/quay/estate.ts';
import { scanResult } from '../../src/providers/quay/decode/security.ts';
import { directoryAddress } from '../../src/providers/quay/decode/settings.ts';
import { retentionOf } from '../../src/providers/quay/facts/retention.ts';
import { organization } from '../support/quay/law-scenes.ts';
import { json, recorded, scanRecorded, verdictsOf } from '../support/quay/replay.ts';
import { scanEstate } from '../support/quay/scan.ts';
import { triedOnce } from '../support/scan-provider.ts';

/** Answers that would be taken for good ones by a reader who trusts too much. */

describe('a scan', () => {
  const found = (feature: object) => ({
    status: 'scanned',
    data: { Layer: { Features: [feature] } },
  });
  const scored = (Score: unknown) =>
    found({
      Vulnerabilities: [
        { Name: 'CVE-2026-0001', Severity: 'Unknown', Metadata: { NVD: { CVSSv3: { Score } } } },
      ],
    });

  it('of a package whose vulnerabilities are not told is no scan that found none', () => {
    expect(() => scanResult(found({ Name: 'pkg' }))).toThrow('Vulnerabilities');
    expect(scanResult(found({ Vulnerabilities: null }))).toMatchObject({ critical: 0, high: 0 });
  });

  it.each(['10.0', null, undefined, {}])('with the score %j is not read', (score) => {
    expect(() => scanResult(scored(score))).toThrow('Score');
  });

  it('without a severity counts by its score, if it has one', () => {
    expect(scanResult(scored(10))).toMatchObject({ critical: 1, high: 0 });
    expect(scanResult(scored(7.5))).toMatchObject({ critical: 0, high: 1 });
    expect(scanResult(scored(''))).toMatchObject({ critical: 0, high: 0 });
  });
});

describe('a lock on tags', () => {
  const locked: Estate = {
    ...organization,
    features: { ...organization.features, IMMUTABLE_TAGS: true },
  };
  const verdictOf = async (estate: Estate) => {
    const { findings } = await scanEstate(estate, triedOnce);
    return findings.find(({ check }) => check === 'tags-immutable')?.verdict;
  };

  it('holds where locked tags cannot be let end', async () => {
    expect(await verdictOf(locked)).toBe('pass');
  });

  it.each([
    [true, 'fail'],
    ['perhaps', 'unknown'],
    [undefined, 'unknown'],
  ])('with IMMUTABLE_TAGS_CAN_EXPIRE %j is %s', async (value, verdict) => {
    const features = { ...locked.features, IMMUTABLE_TAGS_CAN_EXPIRE: value ?? null };
    expect(await verdictOf({ ...locked, features })).toBe(verdict);
  });
});

describe('a policy that spares every tag', () => {
  const keeps = { mode: 'newest', tags: 10 } as const;

  it('prunes none', () => {
    expect(retentionOf([{ name: 'one', pattern: '.*', matches: false, keeps }])).toEqual({
      mode: 'none',
    });
  });

  it('is told from one that spares some', () => {
    expect(retentionOf([{ name: 'one', pattern: '^v', matches: false, keeps }])).toMatchObject({
      mode: 'rules',
      rules: [{ spares: ['v*'] }],
    });
  });
});

describe('a switch in a word that is not known', () => {
  it.each([
    [false, 'pass'],
    [true, 'fail'],
    ['True', 'unknown'],
  ])('PERMANENTLY_DELETE_TAGS %j is %s', async (value, verdict) => {
    const config = recorded('main').find(({ path }) => path === '/config')?.body as {
      readonly config: object;
    };
    const changed = { ...config, config: { ...config.config, PERMANENTLY_DELETE_TAGS: value } };
    const scan = await scanRecorded(
      'main',
      'gro',
      (path) => (path === '/config' ? json(200, changed) : undefined),
      triedOnce,
    );
    expect(verdictsOf(scan).get('/private-app deletion-recoverable')).toBe(verdict);
  });

  it('LDAP_ALLOW_INSECURE_FALLBACK as text is not taken for off', () => {
    const config = { LDAP_URI: 'ldaps://ldap.example.org', LDAP_ALLOW_INSECURE_FALLBACK: 'true' };
    expect(() => directoryAddress({ config }, 'LDAP')).toThrow('LDAP_ALLOW_INSECURE_FALLBACK');
  });
});
