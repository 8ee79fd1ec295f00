import type { HttpClient } from '../../../http/http.ts';
import { type HttpApi, httpApi } from '../../http-api.ts';
import { calls, type QuayCall } from '../operations.ts';
import { quayErrors } from './errors.ts';
import { quayPages } from './paging.ts';

/** Turns calls of one Quay into facts. */
export type QuayApi = HttpApi<QuayCall>;

export function quayApi(client: Pick<HttpClient, 'send'>): QuayApi {
  return httpApi({ client, operations: calls, paging: quayPages, errors: quayErrors });
}
