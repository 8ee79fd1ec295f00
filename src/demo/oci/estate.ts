import type { Fault } from '../fault.ts';

/** What a registry holds, as data; instants are ISO 8601 in UTC. */
export interface Estate {
  readonly asOf: string;
  readonly repositories: readonly { readonly name: string; readonly public: boolean }[];
  readonly faults?: readonly Fault[];
}
