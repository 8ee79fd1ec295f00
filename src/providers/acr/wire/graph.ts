import type { TokenCredential } from '@azure/core-auth';
import { type JsonObject, maybeString, objectOf, objectsAt } from '../../../decode/fields.ts';
import { httpClient } from '../../../http/client.ts';
import { bearerOf } from '../../../http/credential-source.ts';
import type { HttpClient, HttpRequest } from '../../../http/http.ts';
import { once } from '../../../http/once.ts';
import { allPages } from '../../../http/pages.ts';
import { secret } from '../../../http/secret.ts';
import type { ScanContext } from '../../contract.ts';
import { asksOf, type Learnt } from '../../facts.ts';
import { httpSettingsFor } from '../../http-api.ts';
import { operations } from '../operations.ts';
import type { Cloud } from './cloud.ts';
import { acrErrors } from './errors.ts';

/** Microsoft Graph, as far as it tells who a principal is. */
export interface DirectoryApi {
  /** The objects with these ids; ones that are not there are left out. At most 1,000 a call. */
  readonly objects: <T>(
    ids: readonly string[],
    decode: (entries: readonly JsonObject[]) => T,
  ) => Promise<Learnt<T>>;
  /** Everybody in a group, by other groups as well. */
  readonly members: <T>(
    group: string,
    decode: (entries: readonly JsonObject[]) => T,
  ) => Promise<Learnt<T>>;
  readonly close: () => Promise<void>;
}

export interface DirectoryOptions {
  readonly registry: string;
  readonly cloud: Cloud;
  readonly credential: () => Promise<TokenCredential>;
  readonly context: ScanContext;
}

/** By default users come without their type, and applications with far more than is needed. */
const fields =
  'id,displayName,userPrincipalName,userType,servicePrincipalType,appOwnerOrganizationId';

const mostIds = 1000;

/** In: the cloud and who signs in. Out: the directory of the tenant; nothing is called yet. */
export function directoryApi(options: DirectoryOptions): DirectoryApi {
  const { registry, cloud, context } = options;
  let opened = false;
  const client = once(async (): Promise<HttpClient> => {
    opened = true;
    return httpClient({
      ...httpSettingsFor(context, registry, cloud.graph),
      authorize: async (_request, renewed) => {
        if (renewed) return null;
        const token = await (await options.credential()).getToken(cloud.graphScope);
        return token === null ? null : bearerOf(secret(token.token));
      },
    });
  });
  const { one } = asksOf(operations, acrErrors);
  const everyPage = async (request: HttpRequest): Promise<readonly JsonObject[]> => {
    const wire = await client();
    return allPages(async (link) =>
      pageOf(await wire.json(link === undefined ? request : { ...request, path: link, query: {} })),
    );
  };
  const entries =
    <T>(decode: (entries: readonly JsonObject[]) => T) =>
    (raw: unknown) =>
      decode(raw as readonly JsonObject[]);
  return {
    objects: (ids, decode) =>
      one(
        'Directory_GetByIds',
        async () => {
          const batches = Array.from({ length: Math.ceil(ids.length / mostIds) }, (_, index) =>
            ids.slice(index * mostIds, (index + 1) * mostIds),
          );
          const found = await Promise.all(
            batches.map((batch) =>
              everyPage({
                operation: 'Directory_GetByIds',
                method: 'POST',
                path: '/v1.0/directoryObjects/getByIds',
                query: { $select: fields },
                json: { ids: batch, types: ['user', 'group', 'servicePrincipal', 'device'] },
              }),
            ),
          );
          return found.flat();
        },
        entries(decode),
      ),
    members: (group, decode) =>
      one(
        'Groups_ListTransitiveMembers',
        () =>
          everyPage({
            operation: 'Groups_ListTransitiveMembers',
            path: `/v1.0/groups/${encodeURIComponent(group)}/transitiveMembers`,
            query: { $select: fields, $top: 999 },
          }),
        entries(decode),
      ),
    close: async () => {
      if (opened) await (await client()).close();
    },
  };
}

/** A page of Microsoft Graph: `value`, and where the next one is. */
function pageOf(raw: unknown): { items: readonly JsonObject[]; next: string | undefined } {
  const answer = objectOf(raw, 'the answer');
  return {
    items: objectsAt(answer, 'value'),
    next: maybeString(answer, '@odata.nextLink') ?? undefined,
  };
}
