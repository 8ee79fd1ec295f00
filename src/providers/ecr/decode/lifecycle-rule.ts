import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';

export type Retention = ValueOf<RepositoryFacts['retention']>;
export type RetentionRule = Extract<Retention, { mode: 'rules' }>['rules'][number];

/** One rule as it is stored, without regard to the other rules of its policy. */
export interface LifecycleRule {
  readonly priority: number;
  readonly name: string;
  readonly selects: 'tagged' | 'untagged' | 'any';
  /** Whole-tag wildcards, all of which an image must match with any of its tags. */
  readonly patterns: readonly string[];
  readonly storageClass: 'standard' | 'archive';
  readonly action: 'expire' | 'transition';
  readonly keeps: RetentionRule['keeps'];
}
