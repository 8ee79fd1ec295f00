import { DecodeError, objectOf, stringAt } from '../../../decode/fields.ts';
import { matches } from '../../../model/wildcard.ts';
import { developer, leastLevel } from './levels.ts';

/** A rule that raises who may push to repositories, or delete from them. */
export interface RepositoryRule {
  /** The path of a repository from its outermost group on, with `*`. */
  readonly pattern: string;
  readonly push: number;
  readonly delete: number;
}

/** An entry of listRepositoryRules of the project with this path. */
export function repositoryRule(raw: unknown, project: string): RepositoryRule {
  const entry = objectOf(raw, 'a rule');
  const pattern = stringAt(entry, 'repository_path_pattern');
  if (!pattern.startsWith(project.toLowerCase())) {
    throw new DecodeError('repository_path_pattern does not begin with the path of the project');
  }
  return {
    pattern,
    push: leastLevel(entry, 'minimum_access_level_for_push'),
    delete: leastLevel(entry, 'minimum_access_level_for_delete'),
  };
}

/** The least level for an ability in a repository: the strictest rule that matches decides. */
export function levelFor(
  rules: readonly RepositoryRule[],
  repository: string,
  ability: 'push' | 'delete',
): number {
  const fitting = rules.filter(({ pattern }) => matches(pattern, repository));
  return Math.max(developer, ...fitting.map((rule) => rule[ability]));
}
