import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';

export type Outside = ValueOf<RepositoryFacts['outsideAccess']>[number];

/** A principal outside the account that a policy allows something. */
export type Outsider = Omit<Outside, 'can'>;
