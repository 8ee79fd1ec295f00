import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const edgeRegistriesHardened = defineCheck({
  id: 'edge-registries-hardened',
  subject: 'registry',
  severity: 'medium',
  impact: 'exposure',
  title: 'Copies of the registry at other sites are read-only, encrypted and audited',
  why: 'A copy at the edge serves its own clients. An attacker who can push or eavesdrop there needs no permission at the main registry.',
  checklist: ['C1', 'C2', 'C6'],
  topics: ['tls', 'audit-logging', 'least-privilege-and-push-restricted'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['edgeRegistries'],
  decidedBy: ['edgeRegistries'],

  judge({ edgeRegistries }) {
    const faults = edgeRegistries.flatMap(({ name, mode, transport, audit }) => {
      const about = [
        ...(mode === 'read-write' ? ['accepts pushes'] : []),
        ...(transport === 'plain-http' ? ['is served without TLS'] : []),
        ...(audit === 'off' ? ['has no audit log'] : []),
      ];
      return about.length === 0 ? [] : [`${name} ${about.join(' and ')}`];
    });
    if (faults.length > 0) return fail(enumerate(faults));
    return pass(
      edgeRegistries.length === 0
        ? 'there are no copies at other sites'
        : 'every copy is read-only, encrypted and audited',
    );
  },
});
