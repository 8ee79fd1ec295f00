import { oncePer } from '../../../http/once.ts';
import type { Fact, Unknown } from '../../../model/fact.ts';
import { join, known, unknown } from '../../facts.ts';
import { type ListedRepository, listedRepository } from '../decode/repository.ts';
import { operations } from '../operations.ts';
import type { DockerHubApi } from '../wire/api.ts';

/** The repositories of a namespace, page by page. Pages are asked for once, whoever wants them. */
export interface Listed {
  /** Yields the repositories of each page; returns what was counted, or why it had to stop. */
  readonly pages: () => AsyncGenerator<readonly ListedRepository[], Fact<Counted>>;
  /** The name of the first public repository, null: there is none; and whether there is any at all. */
  readonly firstPublic: () => Promise<Fact<FirstPublic>>;
}

export interface Counted {
  readonly images: number;
  readonly others: number;
  readonly seesPrivate: boolean;
}

interface FirstPublic {
  readonly name: string | null;
  readonly any: boolean;
}

interface Page {
  readonly repositories: readonly ListedRepository[];
  readonly total: number | null;
  readonly last: boolean;
}

/** Most pages: a million repositories. */
const mostPages = 10_000;

export function listedIn(api: DockerHubApi, namespace: string): Listed {
  const path = `/v2/namespaces/${encodeURIComponent(namespace)}/repositories`;
  const page = oncePer(
    async (number): Promise<Fact<Page>> =>
      join([await api.page('ListRepositories', path, Number(number))], ({ rows, total, last }) => ({
        repositories: rows.map(listedRepository),
        total,
        last,
      })),
  );
  const pages = () => walk((number) => page(String(number)));
  return {
    pages,
    firstPublic: async () => {
      const walked = pages();
      for (;;) {
        const step = await walked.next();
        if (step.done) {
          return join([step.value], ({ images, others }) => ({
            name: null,
            any: images + others > 0,
          }));
        }
        const found = step.value.find(({ isPrivate }) => !isPrivate);
        if (found !== undefined) {
          return known('ListRepositories', operations.ListRepositories.permission, () => ({
            name: found.name,
            any: true,
          }));
        }
      }
    },
  };
}

/** A page that brings nothing new, or an end before the server's own count, is no proper list. */
async function* walk(
  page: (number: number) => Promise<Fact<Page>>,
): AsyncGenerator<readonly ListedRepository[], Fact<Counted>> {
  const seen = new Map<string, boolean>();
  let seesPrivate = false;
  for (let number = 1; number <= mostPages; number += 1) {
    const fact = await page(number);
    if (fact.state !== 'known') return fact;
    const { repositories, total, last } = fact.value;
    const fresh = repositories.filter(({ name }) => !seen.has(name));
    for (const { name, isPrivate, holdsImages } of fresh) {
      seen.set(name, holdsImages);
      seesPrivate ||= isPrivate;
    }
    yield fresh;
    if (last && total !== null && seen.size < total) {
      return improper(`the server counts ${total} repositories and lists ${seen.size}`);
    }
    if (last) return counted(seen, seesPrivate);
    if (fresh.length === 0) return improper('a page of repositories brings nothing new');
  }
  return improper(`the server names more than ${mostPages} pages`);
}

function counted(seen: ReadonlyMap<string, boolean>, seesPrivate: boolean): Fact<Counted> {
  const images = [...seen.values()].filter((holdsImages) => holdsImages).length;
  return known('ListRepositories', operations.ListRepositories.permission, () => ({
    images,
    others: seen.size - images,
    seesPrivate,
  }));
}

function improper(detail: string): Unknown {
  return unknown('undecodable', 'ListRepositories', detail);
}
