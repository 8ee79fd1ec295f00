import type { DerivedFacts } from './derived.ts';
import type { RegistryFacts } from './registry.ts';
import type { RepositoryFacts } from './repository.ts';

/** The kinds of subjects, with their facts. */
export interface Subjects {
  registry: RegistryFacts;
  repository: RepositoryFacts & DerivedFacts;
}
/** The facts that adapters collect; the others are derived from them. */
export interface Collected {
  registry: RegistryFacts;
  repository: RepositoryFacts;
}
export type Subject = keyof Subjects;
export type FactName<S extends Subject = Subject> = S extends Subject
  ? keyof Subjects[S] & string
  : never;
