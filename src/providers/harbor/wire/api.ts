import type { HttpClient } from '../../../http/http.ts';
import { type HttpApi, httpApi } from '../../http-api.ts';
import { calls, type HarborCall } from '../operations.ts';
import { countedPages } from './paging.ts';

/** Turns calls of one instance into facts. */
export type HarborApi = HttpApi<HarborCall>;

export function harborApi(client: Pick<HttpClient, 'send'>): HarborApi {
  return httpApi({ client, operations: calls, paging: countedPages });
}
