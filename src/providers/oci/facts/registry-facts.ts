import { httpErrors } from '../../../http/http-errors.ts';
import { once } from '../../../http/once.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Glance } from '../../../oci/stranger.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known } from '../../facts.ts';
import { anyHeader, isBasicAlone, isTestAuthentication } from '../decode/product.ts';
import { operations } from '../operations.ts';
import { rests } from '../provides.ts';
import type { Session } from '../wire/session.ts';
import { anonymousPush, gateOf } from './gate.ts';
import { transport } from './transport.ts';

/** What evidence from outside tells of a registry. */
export function registryCollectors(
  session: Session,
  context: Pick<ScanContext, 'caFile' | 'signal'>,
): Collectors<'registry'> {
  const gate = once(() => gateOf(session));
  return {
    anonymousPush: () => anonymousPush(session),
    anonymousCatalog: () => anonymousCatalog(session),
    transport: () => transport(session, context),
    signIn: async () => {
      const product = await session.product();
      if (product.state !== 'known') return product;
      if (product.value.kind !== 'distribution' || !isBasicAlone(session.ping)) return rests.signIn;
      return join([product], () => ({
        mode: 'local',
        withoutMfa: ['every user of the htpasswd file'],
      }));
    },
    projectCreation: async () => {
      const passes = await gate();
      if (passes.state !== 'known') return passes;
      const { value } = passes;
      if (value.who === 'other' || !value.writes) return rests.projectCreation;
      return join([passes], () => ({ mode: 'open', to: gateNames[value.who] }));
    },
  };
}

const gateNames = {
  anybody: 'anybody, without login',
  'every-user': 'every user of the htpasswd file',
} as const;

async function anonymousCatalog({
  ping,
  stranger,
}: Session): Promise<RegistryFacts['anonymousCatalog']> {
  if (isTestAuthentication(ping)) {
    return known('ping', '', () => ({ mode: 'listed', how: anyHeader }));
  }
  const seen = await ask(
    'anonymousCatalog',
    operations.anonymousCatalog,
    httpErrors,
    () => stranger.catalog(),
    (raw) => raw as Glance<readonly string[]>,
  );
  return join([seen], (glance) => {
    if (glance.mode === 'refused') return { mode: 'hidden' };
    const names = glance.value;
    if (names.length > 0) return { mode: 'listed', how: `the catalog names ${names.join(', ')}` };
    if (ping.open) return { mode: 'listed', how: 'the catalog asks for no login' };
    throw new Inconclusive(
      'the catalog is empty without login, which may be all there is or all that strangers see',
    );
  });
}
