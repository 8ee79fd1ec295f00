/**
 * A day-by-day simulation of ECR lifecycle policies, written from the evaluation rules and the properties
 * in the user guide alone. It knows nothing of the model that it tests.
 * Source: docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html, "Lifecycle policy
 * evaluation rules", and lifecycle_policy_parameters.html.
 */

export interface SimulatedRule {
  readonly rulePriority: number;
  readonly selection: {
    readonly tagStatus: 'tagged' | 'untagged' | 'any';
    readonly tagPatternList?: readonly string[];
    readonly tagPrefixList?: readonly string[];
    readonly storageClass?: 'standard' | 'archive';
    readonly countType:
      | 'imageCountMoreThan'
      | 'sinceImagePushed'
      | 'sinceImagePulled'
      | 'sinceImageTransitioned';
    readonly countUnit?: 'days';
    readonly countNumber: number;
  };
  readonly action: {
    readonly type: 'expire' | 'transition';
    readonly targetStorageClass?: 'archive';
  };
}

/** An image of the repository. Every time is a day number of the simulation. */
export interface SimulatedImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly pushedOn: number;
  readonly pulledOn?: number;
  /** Set while the image is in the archive. */
  readonly archivedOn?: number;
  /** Ids of the manifest lists that refer to the image. */
  readonly listedBy?: readonly string[];
  /** Id of the image that this artefact refers to. */
  readonly subject?: string;
}

const oneTag = (pattern: string, tag: string): boolean => {
  const [first = '', ...others] = pattern.split('*');
  if (others.length === 0) return tag === pattern;
  if (!tag.startsWith(first)) return false;
  let rest = tag.slice(first.length);
  const last = others.pop() as string;
  for (const part of others) {
    const at = rest.indexOf(part);
    if (at < 0) return false;
    rest = rest.slice(at + part.length);
  }
  return rest.endsWith(last);
};

/** "An image is successfully matched if all of the tags in the list are matched against any of the image's tags." */
function matchesTags({ selection }: SimulatedRule, { tags }: SimulatedImage): boolean {
  if (selection.tagStatus === 'any') return true;
  if (selection.tagStatus === 'untagged') return tags.length === 0;
  const patterns =
    selection.tagPatternList ?? (selection.tagPrefixList ?? []).map((prefix) => `${prefix}*`);
  return (
    patterns.length > 0 && patterns.every((pattern) => tags.some((tag) => oneTag(pattern, tag)))
  );
}

/** "The rule will only select images of this storage class"; without it, `standard`. */
const inClass = ({ selection }: SimulatedRule, image: SimulatedImage): boolean =>
  (selection.storageClass ?? 'standard') ===
  (image.archivedOn === undefined ? 'standard' : 'archive');

const selects = (rule: SimulatedRule, image: SimulatedImage) =>
  inClass(rule, image) && matchesTags(rule, image);

/** The images that a rule identifies and whose count or age is beyond its limit. */
function beyondLimit(
  rule: SimulatedRule,
  images: readonly SimulatedImage[],
  today: number,
): SimulatedImage[] {
  const { countType, countNumber } = rule.selection;
  const identified = images.filter((image) => selects(rule, image));
  const olderThan = (day: number | undefined) => day !== undefined && today - day > countNumber;
  switch (countType) {
    case 'imageCountMoreThan':
      return [...identified].sort((a, b) => b.pushedOn - a.pushedOn).slice(countNumber);
    case 'sinceImagePushed':
      return identified.filter(({ pushedOn }) => olderThan(pushedOn));
    case 'sinceImagePulled':
      return identified.filter(({ pulledOn, pushedOn }) => olderThan(pulledOn ?? pushedOn));
    case 'sinceImageTransitioned':
      return identified.filter(({ archivedOn }) => olderThan(archivedOn));
  }
}

export interface Marked {
  readonly rule: number;
  readonly action: 'expire' | 'transition';
}

/** What one evaluation marks: image id → the one rule that acts on it. */
export function evaluateLifecycle(
  rules: readonly SimulatedRule[],
  images: readonly SimulatedImage[],
  today: number,
): ReadonlyMap<string, Marked> {
  const marked = new Map<string, Marked>();
  const ordered = [...rules].sort((a, b) => a.rulePriority - b.rulePriority);
  const present = new Set(images.map(({ id }) => id));
  for (const [at, rule] of ordered.entries()) {
    for (const image of beyondLimit(rule, images, today)) {
      const claimed = ordered.slice(0, at).some((higher) => selects(higher, image));
      const listed = (image.listedBy ?? []).some((list) => present.has(list));
      if (!claimed && !listed)
        marked.set(image.id, { rule: rule.rulePriority, action: rule.action.type });
    }
  }
  return marked;
}

/** One day: marked images go or are archived, and artefacts follow their subject. */
function oneDay(
  rules: readonly SimulatedRule[],
  images: readonly SimulatedImage[],
  today: number,
): SimulatedImage[] {
  const marked = evaluateLifecycle(rules, images, today);
  const action = (id: string | undefined) =>
    id === undefined ? undefined : marked.get(id)?.action;
  return images.flatMap((image) => {
    const acted = action(image.id) ?? action(image.subject);
    if (acted === 'expire') return [];
    return acted === 'transition' && image.archivedOn === undefined
      ? [{ ...image, archivedOn: today }]
      : [image];
  });
}

/** The images that are left after the policy ran once a day from day `from` to day `to`. */
export function runLifecycle(
  rules: readonly SimulatedRule[],
  images: readonly SimulatedImage[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly SimulatedImage[] {
  let left = images;
  for (let today = from; today <= to && left.length > 0; today += 1)
    left = oneDay(rules, left, today);
  return left;
}
