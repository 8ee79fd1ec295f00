import { defineCheck, fail, pass } from '../../src/engine/check.ts';
import { daysBetween } from '../../src/model/instant.ts';

export const versionSupported = defineCheck({
  id: 'version-supported',
  subject: 'registry',
  severity: 'medium',
  title: 'The registry runs a release that still gets fixes',
  why: 'A vulnerability found in an abandoned release stays open, with the way to use it published.',
  checklist: [],
  topics: [],
  references: ['https://csrc.nist.gov/pubs/sp/800/40/r4/final'],
  needs: ['version'],

  judge({ version: { product, version, support } }, { now }) {
    const release = `${product} ${version}`;
    switch (support.mode) {
      case 'supported': {
        if (support.until === null) return pass(`${release} gets fixes`);
        return daysBetween(now, support.until) < 0
          ? fail(`${release} got fixes until ${support.until}`)
          : pass(`${release} gets fixes until ${support.until}`);
      }
      case 'ended':
        return fail(
          support.at === null
            ? `${release} gets no more fixes`
            : `${release} gets no more fixes since ${support.at}`,
        );
    }
  },
});
