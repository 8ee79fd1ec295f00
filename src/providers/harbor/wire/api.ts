import { httpErrors } from '../../../http/http-errors.ts';
import type { Fact } from '../../../model/fact.ts';
import { ask } from '../../facts.ts';
import { type OperationName, operations } from '../operations.ts';
import type { HarborClient, Where } from './client.ts';

/** Turns calls of one instance into facts. */
export interface HarborApi {
  /** One call; `decode` gets null when the body is empty or the operation says "not configured". */
  readonly one: <T>(
    name: OperationName,
    decode: (raw: unknown) => T,
    where?: Where,
  ) => Promise<Fact<T>>;
  /** Every page of a listing, as one list of decoded entries. */
  readonly all: <T>(
    name: OperationName,
    decode: (entry: unknown) => T,
    where?: Where,
  ) => Promise<Fact<readonly T[]>>;
  /** Page by page; ends after the first that is not known. */
  readonly pages: <T>(
    name: OperationName,
    decode: (entry: unknown) => T,
    where?: Where,
  ) => AsyncGenerator<Fact<readonly T[]>>;
}

export function harborApi(client: Pick<HarborClient, 'one' | 'all' | 'pages'>): HarborApi {
  return {
    one: (name, decode, where) =>
      ask(name, operations[name], httpErrors, () => client.one(name, where), decode),
    all: (name, decode, where) =>
      ask(
        name,
        operations[name],
        httpErrors,
        () => client.all(name, where),
        (raw) => (raw as readonly unknown[]).map(decode),
      ),
    pages: (name, decode, where) => pagesOf(client, name, decode, where),
  };
}

async function* pagesOf<T>(
  client: Pick<HarborClient, 'pages'>,
  name: OperationName,
  decode: (entry: unknown) => T,
  where?: Where,
): AsyncGenerator<Fact<readonly T[]>> {
  const listing = client.pages(name, where);
  for (;;) {
    const page = await ask(
      name,
      operations[name],
      httpErrors,
      () => listing.next(),
      (raw) => {
        const { done, value } = raw as Awaited<ReturnType<typeof listing.next>>;
        if (done !== true) return value.map(decode);
        if (value !== null) throw value;
        return null;
      },
    );
    if (page.state === 'known' && page.value === null) return;
    if (page.state !== 'known') {
      yield page;
      return;
    }
    yield { ...page, value: page.value as readonly T[] };
  }
}
