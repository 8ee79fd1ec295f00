import {
  defineCheck,
  enumerate,
  type Fail,
  fail,
  type Pass,
  pass,
} from '../../src/engine/check.ts';
import type { Expectations } from '../../src/model/expectations.ts';
import { holdsProduction, tagsOfProduction } from '../../src/model/production.ts';
import { describeRule, everTakes, type RetentionRule } from '../../src/model/retention.ts';
import { mayNameSignature, signatureTags } from '../../src/model/signature-tag.ts';
import { covers, overlap } from '../../src/model/wildcard.ts';

/** No workload restarts from an image that was not pulled for this long. */
const unusedDays = 90;
/** For declared production tags: how many newer images must exist before a removal. */
const newerReleases = 1000;
/** For tags that may be production tags: room for a rollback, in images and in days. */
const newerBuilds = 10;
const rollbackDays = 90;

export const retentionSparesProduction = defineCheck({
  id: 'retention-spares-production',
  subject: 'repository',
  severity: 'high',
  title: 'No retention rule removes production or signature tags while they may be in use',
  why: 'A rule that counts images or days since the push ignores what is deployed: the next restart finds no image, or no signature to verify. A rule that waits for 90 days without a pull, or for 1,000 newer images, passes. If productionTags is not declared, every tag may be a production tag; then 90 days since the push or 10 newer images are enough. A rule for another tag of the same image also removes the image: promote by copying to a production repository.',
  checklist: ['B2'],
  topics: ['retention-lifecycle'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['retention'],

  judge({ retention }, expected) {
    if (!holdsProduction(expected)) return pass('not declared as a production repository');
    switch (retention.mode) {
      case 'none':
        return pass('no image is removed automatically');
      case 'dry-run':
        return pass('the cleanup policy is in dry-run mode and removes nothing');
      case 'rules':
        return judgeRules(retention.rules, expected);
    }
  },
});

function judgeRules(rules: readonly RetentionRule[], expected: Expectations): Pass | Fail {
  const taking = rules.filter((rule) => everTakes(rule) && rule.selects !== 'untagged');
  if (taking.length === 0) return pass('no rule removes tagged images');
  const declared = expected.productionTags.length > 0;
  const declare = declared ? '' : '; declare production tags in expect.productionTags';
  const hasty = taking.filter((rule) => !waits(rule, declared));
  if (hasty.length === 0) {
    return pass(`tagged images are removed or archived late enough: ${list(taking)}${declare}`);
  }
  const tags = tagsOfProduction(expected);
  const grasping = hasty.filter((rule) => selectsProduction(rule, tags));
  return grasping.length > 0
    ? fail(`production images or their signatures can be removed by ${list(grasping)}${declare}`)
    : pass(`no production tag is selected by ${list(hasty)}${besides(hasty, tags)}`);
}

/** A rule for other tags removes a production image that has both, unless it spares production tags. */
function besides(hasty: readonly RetentionRule[], tags: readonly string[]): string {
  const all = hasty.every(({ spares = [] }) => tags.every((tag) => isSpared(spares, tag)));
  return all ? '' : '; an image that also has one of their tags is removed';
}

function isSpared(spares: readonly string[], tag: string): boolean {
  return spares.some((kept) => covers(kept, tag));
}

function list(rules: readonly RetentionRule[]): string {
  return enumerate(rules.map(describeRule));
}

/** A rule matches an image by any of its tags: one production tag is enough. */
function selectsProduction({ patterns, spares = [] }: RetentionRule, wanted: readonly string[]) {
  const tags = wanted.filter((tag) => !isSpared(spares, tag));
  const signatures = !isSpared(spares, signatureTags);
  if (patterns.length === 0) return signatures || tags.length > 0;
  return patterns.some(
    (pattern) =>
      (signatures && mayNameSignature(pattern)) || tags.some((tag) => overlap(pattern, tag)),
  );
}

/** Whether the rule waits until the image can be assumed to be out of use. */
function waits({ keeps }: RetentionRule, declared: boolean): boolean {
  switch (keeps.mode) {
    case 'newest':
      return keeps.images >= (declared ? newerReleases : newerBuilds);
    case 'days':
      return keeps.since === 'push'
        ? !declared && keeps.days >= rollbackDays
        : keeps.days >= unusedDays;
  }
}
