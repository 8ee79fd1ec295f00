import { httpErrors } from '../../../http/http-errors.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, known } from '../../facts.ts';
import { type Transport, transportOf } from '../../transport.ts';
import { operations } from '../operations.ts';
import type { Session } from '../wire/session.ts';

/** How the registry and its token service are reached: passwords go to both. */
export async function transport(
  { base, ping }: Session,
  context: Pick<ScanContext, 'caFile' | 'signal'>,
): Promise<RegistryFacts['transport']> {
  const realms = ping.challenges.flatMap(({ parameters }) => {
    const realm = parameters.get('realm');
    return realm === undefined ? [] : [realm];
  });
  const plain = realms.find((realm) => /^http:/i.test(realm) && URL.canParse(realm));
  if (plain !== undefined && base.startsWith('https:')) {
    const where = `clients are sent to ${new URL(plain).origin} for their tokens`;
    return known('ping', '', () => ({ mode: 'plain-http', where }));
  }
  return ask(
    'probeTls',
    operations.probeTls,
    httpErrors,
    () => transportOf(new URL(base), context, '/v2/'),
    (raw) => raw as Transport,
  );
}
