import type { Identity } from './identity.ts';

const openEnded: Readonly<Record<Identity['kind'], boolean>> = {
  person: false,
  group: false,
  workload: false,
  service: false,
  account: true,
  organization: true,
  'everyone-signed-in': true,
  anyone: true,
};

/** Whether the identity is a set of principals that cannot be listed here. */
export function isOpenEnded({ kind }: Identity): boolean {
  return openEnded[kind];
}
