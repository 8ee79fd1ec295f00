import type { Fact } from '../../../model/fact.ts';
import type { Listing } from '../../../model/snapshot.ts';
import { Denied, join, known, type Learnt, unknown } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { type Package, packageOf } from '../decode/package.ts';
import { calls, pathsForUsers } from '../operations.ts';
import type { GithubApi } from '../wire/api.ts';
import type { Account } from './account.ts';

type Page = Learnt<readonly Package[]>;

/** The packages of an owner, page by page. Pages are asked for once, whoever wants them. */
export type Pages = () => AsyncGenerator<Page>;

export function packagesOf(
  api: GithubApi,
  { owner }: Pick<Account, 'owner'>,
  name: 'listPackages' | 'listLegacyPackages',
): Pages {
  // Images pushed to docker.pkg.github.com are of a type of their own, even after they were moved.
  const type = name === 'listPackages' ? 'container' : 'docker';
  return replayed(() =>
    api.pages(
      name,
      (entries) => entries.map((entry) => packageOf(entry, { owner: owner.name, type })),
      {
        ...ofOwner(owner, pathsForUsers.packages),
        query: { package_type: type },
      },
    ),
  );
}

/** How a call of an organization is made; `forUsers`: where a user has it. */
export function ofOwner(
  { name, kind }: Account['owner'],
  forUsers: string,
): { readonly params: Readonly<Record<string, string>>; readonly path?: string } {
  return kind === 'user'
    ? { params: { username: name }, path: forUsers }
    : { params: { org: name } };
}

/** What walks one generator as often as anybody likes; each step is made once. */
function replayed<T>(source: () => AsyncGenerator<T>): () => AsyncGenerator<T> {
  let shared: AsyncGenerator<T> | undefined;
  const steps: Promise<IteratorResult<T>>[] = [];
  return async function* () {
    shared ??= source();
    for (let at = 0; ; at += 1) {
      const known = steps[at];
      const next = known === undefined ? shared.next() : known;
      steps[at] = next;
      const step = await next;
      if (step.done === true) return;
      yield step.value;
    }
  };
}

/** A fact that stands in the list of packages. */
export function listed<T>(decode: () => T): Learnt<T> {
  return known('listPackages', calls.listPackages.permission, decode);
}

/**
 * Whether a list that was read to its end is all of them: GitHub leaves out, without a word, what the caller
 * has no access to, and an owner has access to all (docs, About permissions for GitHub Packages).
 */
export async function wholeList(account: Account): Promise<Fact<true>> {
  const [caller, owners] = await Promise.all([account.caller(), account.owners()]);
  if (caller.state !== 'known') {
    return join([caller, listed(() => true)], (): true => true);
  }
  const { login } = caller.value;
  if ('value' in owners && owners.value.includes(login)) return join([caller], (): true => true);
  if (owners.state !== 'known') return gapOf(owners);
  return listed(() => {
    throw new Denied(
      `${login} is no owner of ${account.owner.name}: GitHub leaves out the packages that ${login} has no access to`,
    );
  });
}

/** The repositories of a scan: all packages, or the one that was named. */
export async function* repositories(
  pages: Pages,
  account: Account,
  only: string | null,
): AsyncGenerator<readonly Package[], Listing> {
  let count = 0;
  for await (const page of pages()) {
    if (page.state !== 'known') return page;
    const wanted = page.value.filter(({ name }) => only === null || name === only);
    count += wanted.length;
    yield wanted;
  }
  const counted = listed(() => ({ repositories: count, others: 0 }));
  // Who names a package asks for no other.
  if (only !== null && count > 0) return counted;
  if (only !== null) {
    return unknown(
      'denied-or-absent',
      'listPackages',
      `${account.owner.name} has no package ${only}, or none that is shown to the token`,
      calls.listPackages.permission,
    );
  }
  return join([counted, await wholeList(account)], (all) => all);
}
