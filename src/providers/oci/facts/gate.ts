import { DecodeError } from '../../../decode/fields.ts';
import type { HttpAnswer } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { repositoryPath } from '../../../oci/names.ts';
import { allowedIn, type Glance } from '../../../oci/stranger.ts';
import { mayWrite } from '../../../oci/token-rights.ts';
import { ask, Inconclusive, join, known, type Learnt } from '../../facts.ts';
import { repositoryName } from '../decode/names.ts';
import { anyHeader, isBasicAlone, isTestAuthentication, type Product } from '../decode/product.ts';
import { operations } from '../operations.ts';
import type { Session } from '../wire/session.ts';

/** A name that is asked about and need not exist. */
const probeName = 'regaudit/probe';
/** Most repositories whose token is looked at. */
const mostTokens = 20;

/** Who passes the gate of the whole registry to push; other: that is decided repository by repository. */
export type Gate =
  | { readonly who: 'anybody' | 'every-user'; readonly writes: boolean }
  | { readonly who: 'other' };

/**
 * CNCF Distribution has no rights of its own: without authentication everybody may do everything, and each
 * user of its htpasswd file may as well. Only read-only mode takes the writing methods from its routes.
 */
export async function gateOf(session: Session): Promise<Learnt<Gate>> {
  const { ping, signedIn } = session;
  const product = await session.product();
  const other = join([product], (): Gate => ({ who: 'other' }));
  if (product.state !== 'known' || product.value.kind !== 'distribution') return other;
  if (ping.open) {
    return join([product, await anonymousUploads(session)], (_, glance): Gate => {
      if (glance.mode === 'refused') throw new DecodeError('a login is asked for after all');
      return { who: 'anybody', writes: writes(glance.value) };
    });
  }
  if (!isBasicAlone(ping) || !signedIn) return other;
  const methods = ask(
    'uploadMethods',
    operations.uploadMethods,
    httpErrors,
    () =>
      session.client.send({
        operation: 'uploadMethods',
        method: 'OPTIONS',
        path: `${repositoryPath(probeName)}/blobs/uploads/`,
      }),
    (raw) => allowedIn(raw as HttpAnswer),
  );
  return join([product, await methods], (_, glance): Gate => {
    if (glance.mode === 'refused') throw new DecodeError('the methods are refused');
    return { who: 'every-user', writes: writes(glance.value) };
  });
}

export async function anonymousPush(session: Session): Promise<RegistryFacts['anonymousPush']> {
  const { ping } = session;
  if (isTestAuthentication(ping)) {
    return known('ping', '', () => ({ mode: 'accepted', how: anyHeader }));
  }
  if (!ping.open && !isBasicAlone(ping)) return byTokens(session);
  const product = await session.product();
  if (!ping.open) return join([product], refusedByPassword);
  const known_ = join([product], ({ kind }) => {
    if (kind === 'distribution') return kind;
    throw new Inconclusive(
      'no login is asked for, and whether this product takes a push cannot be seen without pushing',
      undefined,
      'see whether docker push without login is refused, and require a login',
    );
  });
  if (known_.state !== 'known') return known_;
  return join([await gateOf(session)], (gate) => {
    if (gate.who !== 'anybody') throw new DecodeError('a login is asked for after all');
    return gate.writes
      ? { mode: 'accepted', how: 'no login is asked for and uploads are offered' }
      : { mode: 'refused' };
  });
}

function refusedByPassword({ kind }: Product): { mode: 'refused' } {
  if (kind === 'distribution') return { mode: 'refused' };
  throw new Inconclusive(
    'a password is asked for, and whether this product asks for it everywhere is not known',
  );
}

/**
 * By the rights in tokens that are issued without credentials, for a name that need not exist and for every
 * repository: rules may open some names alone.
 */
async function byTokens(session: Session): Promise<RegistryFacts['anonymousPush']> {
  const names = await firstNames(session);
  const listed = 'value' in names ? names.value : [];
  const asked = [probeName, ...listed.slice(0, mostTokens)];
  const rights: Learnt<Glance<readonly string[] | null>>[] = [];
  for (const name of asked) {
    const right = await ask(
      'anonymousToken',
      operations.anonymousToken,
      httpErrors,
      () => session.stranger.rights(session.ping, name),
      (raw) => raw as Glance<readonly string[] | null>,
    );
    rights.push(right);
    if (right.state === 'known' && right.value.mode === 'answered') {
      const { value } = right.value;
      if (value !== null && mayWrite(value)) {
        const how = `a token for ${name} with ${value.join(', ')} is issued without login`;
        return join([right], () => ({ mode: 'accepted', how }));
      }
    }
  }
  return join([names, await session.product(), ...rights], (all, { kind }, ...each) => {
    const opaque = each.some((one) => one.mode === 'answered' && one.value === null);
    if (opaque) {
      throw new Inconclusive('tokens are issued without login, and they do not tell their rights');
    }
    // A service that refuses strangers at all gives them no right to any name.
    if (each.every(({ mode }) => mode === 'refused')) return { mode: 'refused' };
    if (kind !== 'distribution' && session.named === null) {
      throw new Inconclusive(
        'tokens without login let nobody push to what the catalog names, which may leave out repositories',
      );
    }
    if (all.length > mostTokens) {
      throw new Inconclusive(
        `tokens without login let nobody push to the first ${mostTokens} repositories; the others were not asked about`,
      );
    }
    return { mode: 'refused' };
  });
}

/** The names of all repositories, or of more than are asked about. */
async function firstNames({ api, named }: Session): Promise<Learnt<readonly string[]>> {
  if (named !== null) return known('listRepositories', '', () => named);
  const names: string[] = [];
  const pages = api.pages('listRepositories', (all) => all.map(repositoryName), {
    query: { n: 100 },
  });
  for await (const page of pages) {
    if (page.state !== 'known') return page;
    names.push(...page.value);
    if (names.length > mostTokens) break;
  }
  return known('listRepositories', '', () => names);
}

function anonymousUploads({ stranger }: Session): Promise<Learnt<Glance<readonly string[]>>> {
  return ask(
    'anonymousUploadMethods',
    operations.anonymousUploadMethods,
    httpErrors,
    () => stranger.uploads(probeName),
    (raw) => raw as Glance<readonly string[]>,
  );
}

function writes(methods: readonly string[]): boolean {
  if (methods.includes('POST')) return true;
  if (methods.length > 0 && methods.every((one) => ['GET', 'HEAD', 'OPTIONS'].includes(one))) {
    return false;
  }
  throw new DecodeError(`the methods ${methods.join(', ')} do not tell whether uploads are taken`);
}
