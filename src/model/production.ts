import type { Expectations } from './expectations.ts';
import { matchesAny } from './wildcard.ts';

/** Does the judged repository hold production images? Nothing declared: every repository does. */
export function holdsProduction(expected: Expectations): boolean {
  const { productionRepositories, repository } = expected;
  return productionRepositories.length === 0 || matchesAny(productionRepositories, repository);
}

/** The tags that production deploys, as wildcards. Nothing declared: every tag. */
export function tagsOfProduction({ productionTags }: Expectations): readonly string[] {
  return productionTags.length === 0 ? ['*'] : productionTags;
}
