import type { AnyFact, Unknown, Whole } from './fact.ts';

/** The list of repositories of a registry, regardless of filters. */
export type Listing = Whole<{
  /** The number of repositories. */
  readonly repositories: number;
  /** The number of other repositories, which hold no containers and are not scanned. */
  readonly others: number;
}>;

/** The start of a registry with its own facts, before its repositories. Facts not collected are absent. */
export interface RegistryLine {
  readonly kind: 'registry';
  /** `ecr://123456789012/eu-west-1` */
  readonly registry: string;
  readonly provider: string;
  /** Null: the registry was reached and signed in to. Otherwise the reason why all its facts are unknown. */
  readonly unreachable: Unknown | null;
  /** ISO 8601; the only clock of the checks. */
  readonly takenAt: string;
  readonly facts: Readonly<Record<string, AnyFact>>;
  /** Facts that are equal for all its repositories: known even if the list is unknown. */
  readonly repositoryDefaults: Readonly<Record<string, AnyFact>>;
}

/** One repository of a started registry. */
export interface RepositoryLine {
  readonly kind: 'repository';
  readonly registry: string;
  readonly name: string;
  readonly facts: Readonly<Record<string, AnyFact>>;
}

/** The end of a registry, and whether its list of repositories was read to its end. */
export interface RegistryEnd {
  readonly kind: 'end';
  readonly registry: string;
  readonly listing: Listing;
  /** API calls without retries. */
  readonly calls: number;
}

/**
 * One line of a snapshot: the interface between reading (network or file) and evaluation. Lines of several
 * registries may be interleaved; per registry the order is registry, repositories, end.
 */
export type SnapshotLine = RegistryLine | RepositoryLine | RegistryEnd;
