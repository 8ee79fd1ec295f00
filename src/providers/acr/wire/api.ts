import type {
  ContainerRegistryManagementClient,
  PagedAsyncIterableIterator,
} from '@azure/arm-containerregistry';
import type { JsonObject } from '../../../decode/fields.ts';
import { allPages } from '../../../http/pages.ts';
import { asksOf, type Learnt } from '../../facts.ts';
import { graphPage } from '../decode/findings.ts';
import { type OperationName, operations } from '../operations.ts';
import type { ArmClient, RestCall, SdkOptions } from './arm.ts';
import { acrErrors } from './errors.ts';

type Client = ContainerRegistryManagementClient;

/** Turns calls of Resource Manager into facts. */
export interface AcrApi {
  readonly get: <T>(
    name: OperationName,
    subscription: string,
    call: (client: Client, options: SdkOptions) => Promise<unknown>,
    decode: (raw: unknown) => T,
  ) => Promise<Learnt<T>>;
  readonly list: <T>(
    name: OperationName,
    subscription: string,
    call: (client: Client, options: SdkOptions) => PagedAsyncIterableIterator<unknown>,
    decode: (entries: readonly JsonObject[]) => T,
  ) => Promise<Learnt<T>>;
  readonly rest: <T>(
    name: OperationName,
    call: RestCall,
    decode: (raw: unknown) => T,
  ) => Promise<Learnt<T>>;
  readonly restList: <T>(
    name: OperationName,
    call: RestCall,
    decode: (entries: readonly JsonObject[]) => T,
  ) => Promise<Learnt<T>>;
  /** Every row of a query of Resource Graph; without a scope: of all there is. The query orders its rows. */
  readonly query: <T>(
    name: 'ResourceGraph_Registries' | 'ResourceGraph_Findings',
    query: string,
    scope: GraphScope,
    decode: (rows: readonly JsonObject[]) => T,
  ) => Promise<Learnt<T>>;
}

export function acrApi(client: ArmClient): AcrApi {
  const { one } = asksOf(operations, acrErrors);
  const entries =
    <T>(decode: (entries: readonly JsonObject[]) => T) =>
    (raw: unknown) =>
      // Null: the operation says that this error means none.
      decode(raw === null ? [] : (raw as readonly JsonObject[]));
  return {
    get: (name, subscription, call, decode) =>
      one(name, () => client.get(name, subscription, call), decode),
    list: (name, subscription, call, decode) =>
      one(name, () => client.list(name, subscription, call), entries(decode)),
    rest: (name, call, decode) => one(name, () => client.rest(name, call), decode),
    restList: (name, call, decode) => one(name, () => client.restList(name, call), entries(decode)),
    query: (name, query, scope, decode) =>
      one(
        name,
        () =>
          allPages(async (token) =>
            graphPage(await client.rest(name, graphCall(query, scope, token))),
          ),
        entries(decode),
      ),
  };
}

/** Subscriptions by id, or management groups by name. */
export interface GraphScope {
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
}

function graphCall(query: string, scope: GraphScope, token: string | undefined): RestCall {
  return {
    path: '/providers/Microsoft.ResourceGraph/resources',
    version: '2022-10-01',
    body: {
      query,
      ...scope,
      options: {
        resultFormat: 'objectArray',
        $top: 1000,
        ...(token === undefined ? {} : { $skipToken: token }),
      },
    },
  };
}
