import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const networkBypassOff = defineCheck({
  id: 'network-bypass-off',
  subject: 'registry',
  severity: 'low',
  title: 'No exemption bypasses the network rules',
  why: "A bypass admits whole services of the platform, including other customers' use of those services.",
  checklist: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['networkBypass'],

  judge({ networkBypass }) {
    switch (networkBypass.mode) {
      case 'none':
        return pass('the network rules apply to everyone');
      case 'allowed':
        return fail(
          networkBypass.who.length === 0
            ? 'a bypass of the network rules is enabled'
            : `${enumerate(networkBypass.who)} can bypass the network rules`,
        );
    }
  },
});
