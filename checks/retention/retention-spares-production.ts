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

/** Nobody restarts from an image that was not pulled for so long. */
const unusedDays = 90;
/** Of images that are known to be production's so many newer ones stand before a removal. */
const newerReleases = 1000;
/** Of images that only may be production's: room for a rollback, as builds and as days. */
const newerBuilds = 10;
const rollbackDays = 90;

export const retentionSparesProduction = defineCheck({
  id: 'retention-spares-production',
  subject: 'repository',
  severity: 'high',
  title: 'No retention rule selects tags of production or of signatures while they may be in use',
  why: 'A rule that counts images or days since the push does not know what is deployed: the next restart finds no image, or no signature to verify. 90 days without a pull or 1,000 newer images spare production. Where productionTags are not declared every tag may be one of production, and 90 days since the push or 10 newer images are taken as enough. An image that carries another tag besides goes with the rule for that tag: promote by copying to a repository of production.',
  checklist: ['B2'],
  topics: ['retention-lifecycle'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['retention'],

  judge({ retention }, expected) {
    if (!holdsProduction(expected)) return pass('not declared as a repository of production');
    switch (retention.mode) {
      case 'none':
        return pass('no image is removed by itself');
      case 'dry-run':
        return pass('retention is only tried out and removes nothing');
      case 'rules':
        return judgeRules(retention.rules, expected);
    }
  },
});

function judgeRules(rules: readonly RetentionRule[], expected: Expectations): Pass | Fail {
  const taking = rules.filter((rule) => everTakes(rule) && rule.selects !== 'untagged');
  if (taking.length === 0) return pass('no rule removes tagged images');
  const declared = expected.productionTags.length > 0;
  const declare = declared
    ? ''
    : '; productionTags in regaudit.yaml would tell which tags production uses';
  const hasty = taking.filter((rule) => !waits(rule, declared));
  if (hasty.length === 0) {
    return pass(`tagged images are removed or archived late enough: ${list(taking)}${declare}`);
  }
  const tags = tagsOfProduction(expected);
  const grasping = hasty.filter((rule) => selectsProduction(rule, tags));
  return grasping.length > 0
    ? fail(`production or its signatures can be removed by ${list(grasping)}${declare}`)
    : pass(`no tag of production is selected by ${list(hasty)}${besides(hasty, tags)}`);
}

/** A rule for other tags takes an image of production that carries both, unless it spares production's. */
function besides(hasty: readonly RetentionRule[], tags: readonly string[]): string {
  const all = hasty.every(({ spares = [] }) => tags.every((tag) => isSpared(spares, tag)));
  return all ? '' : '; an image that also has one of their tags is removed all the same';
}

function isSpared(spares: readonly string[], tag: string): boolean {
  return spares.some((kept) => covers(kept, tag));
}

function list(rules: readonly RetentionRule[]): string {
  return enumerate(rules.map(describeRule));
}

/** An image must match every pattern of a rule, but with any of its tags: one that is production's is enough. */
function selectsProduction({ patterns, spares = [] }: RetentionRule, wanted: readonly string[]) {
  const tags = wanted.filter((tag) => !isSpared(spares, tag));
  const signatures = !isSpared(spares, signatureTags);
  if (patterns.length === 0) return signatures || tags.length > 0;
  return patterns.some(
    (pattern) =>
      (signatures && mayNameSignature(pattern)) || tags.some((tag) => overlap(pattern, tag)),
  );
}

/** Does the rule wait until the image may be taken as out of use? */
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
