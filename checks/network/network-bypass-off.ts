import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const networkBypassOff = defineCheck({
  id: 'network-bypass-off',
  subject: 'registry',
  severity: 'low',
  title: 'Nobody passes the network rules by special permission',
  why: "A bypass lets whole services of the platform in, and with them other customers' use of those services.",
  checklist: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['networkBypass'],

  judge({ networkBypass }) {
    switch (networkBypass.mode) {
      case 'none':
        return pass('the network rules hold for everyone');
      case 'allowed':
        return fail(
          networkBypass.who.length === 0
            ? 'a bypass of the network rules is on'
            : `the network rules are bypassed by ${enumerate(networkBypass.who)}`,
        );
    }
  },
});
