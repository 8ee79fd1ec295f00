import type { AnyFact, Unknown, Whole } from './fact.ts';

/** How far the list of repositories could be read, filters aside. */
export type Listing = Whole<{
  /** How many repositories there are. */
  readonly repositories: number;
  /** How many further ones are not container repositories and only counted. */
  readonly others: number;
}>;

/** A registry begins: its own facts, read before its repositories. Facts not collected are absent. */
export interface RegistryLine {
  readonly kind: 'registry';
  /** `ecr://123456789012/eu-west-1` */
  readonly registry: string;
  readonly provider: string;
  /** Null: signed in and reached. Else every fact of it is unknown for this reason. */
  readonly unreachable: Unknown | null;
  /** ISO 8601; the only clock the checks see. */
  readonly takenAt: string;
  readonly facts: Readonly<Record<string, AnyFact>>;
  /** Facts that are the same for each of its repositories, so that they are known even if the list is not. */
  readonly repositoryDefaults: Readonly<Record<string, AnyFact>>;
}

/** One repository of a registry that has begun. */
export interface RepositoryLine {
  readonly kind: 'repository';
  readonly registry: string;
  readonly name: string;
  readonly facts: Readonly<Record<string, AnyFact>>;
}

/** A registry ends, and whether its list of repositories was read whole. */
export interface RegistryEnd {
  readonly kind: 'end';
  readonly registry: string;
  readonly listing: Listing;
  /** API calls made, retries not counted. */
  readonly calls: number;
}

/**
 * What flows from the left of the seam (network or file) to the right of it (judgment). Readings of
 * several registries may be interleaved; each registry's come in the order registry, repositories, end.
 */
export type SnapshotLine = RegistryLine | RepositoryLine | RegistryEnd;
