import type { ScanContext } from '../../contract.ts';
import type { GithubApi } from '../wire/api.ts';
import type { Clients } from '../wire/clients.ts';
import type { Place } from '../wire/place.ts';
import type { Account } from './account.ts';

/** What the facts of a package are learnt from. */
export interface RepositorySources {
  readonly api: GithubApi;
  readonly account: Account;
  readonly clients: Clients;
  readonly place: Place;
  readonly context: Pick<ScanContext, 'images'>;
}
