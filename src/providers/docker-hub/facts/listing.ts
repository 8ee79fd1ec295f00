import type { Fact } from '../../../model/fact.ts';
import { known } from '../../facts.ts';
import { type ListedRepository, listedRepository } from '../decode/repository.ts';
import { operations } from '../operations.ts';
import type { DockerHubApi } from '../wire/api.ts';
import type { NewEntries } from '../wire/paging.ts';

/** The repositories of a namespace, page by page. Pages are asked for once, whoever wants them. */
export interface Listed {
  readonly pages: () => AsyncGenerator<Fact<NewEntries<ListedRepository>>>;
  /** The name of the first public repository, null: there is none; and whether there is any at all. */
  readonly firstPublic: () => Promise<Fact<FirstPublic>>;
}

interface FirstPublic {
  readonly name: string | null;
  readonly any: boolean;
}

export function listedIn(api: DockerHubApi, namespace: string): Listed {
  const pages = api.pages('ListRepositories', listedRepository, { params: { namespace } });
  return {
    pages,
    firstPublic: async () => {
      let any = false;
      for await (const page of pages()) {
        if (page.state !== 'known') return page;
        const { entries } = page.value;
        any ||= entries.length > 0;
        const found = entries.find(({ isPrivate }) => !isPrivate);
        if (found !== undefined) return listed(() => ({ name: found.name, any }));
      }
      return listed(() => ({ name: null, any }));
    },
  };
}

/** A fact that stands in the list of repositories. */
export function listed<T>(decode: () => T) {
  return known('ListRepositories', operations.ListRepositories.permission, decode);
}
