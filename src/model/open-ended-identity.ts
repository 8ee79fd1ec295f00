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

/** Whether the identity stands for whoever happens to be in it: nobody can list its members here. */
export function isOpenEnded({ kind }: Identity): boolean {
  return openEnded[kind];
}
