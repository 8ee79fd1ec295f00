import { defineCheck, fail, pass } from '../../src/engine/check.ts';
import { daysBetween } from '../../src/model/instant.ts';

export const versionSupported = defineCheck({
  id: 'version-supported',
  subject: 'registry',
  severity: 'medium',
  title: 'The registry runs a supported release',
  why: 'Vulnerabilities in an unsupported release are published but never fixed.',
  checklist: [],
  topics: [],
  references: ['https://csrc.nist.gov/pubs/sp/800/40/r4/final'],
  needs: ['version'],

  judge({ version: { product, version, support } }, { now }) {
    const release = `${product} ${version}`;
    switch (support.mode) {
      case 'supported': {
        if (support.until === null) return pass(`${release} is supported`);
        return daysBetween(now, support.until) < 0
          ? fail(`support for ${release} ended on ${support.until}`)
          : pass(`${release} is supported until ${support.until}`);
      }
      case 'ended':
        return fail(
          support.at === null
            ? `${release} is no longer supported`
            : `support for ${release} ended on ${support.at}`,
        );
    }
  },
});
