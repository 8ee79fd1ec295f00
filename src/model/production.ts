import type { Expectations } from './expectations.ts';
import { matchesAny } from './wildcard.ts';

/** Whether the evaluated repository holds production images. Without a declaration, every repository does. */
export function holdsProduction(expected: Expectations): boolean {
  const { productionRepositories, repository } = expected;
  return productionRepositories.length === 0 || matchesAny(productionRepositories, repository);
}

/** The tags that production deploys, as wildcards. Without a declaration: every tag. */
export function tagsOfProduction({ productionTags }: Expectations): readonly string[] {
  return productionTags.length === 0 ? ['*'] : productionTags;
}
