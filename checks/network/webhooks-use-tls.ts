import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const webhooksUseTls = defineCheck({
  id: 'webhooks-use-tls',
  subject: 'repository',
  severity: 'medium',
  title: 'Every webhook is sent over verified HTTPS',
  why: 'Webhooks carry secrets and trigger deployments. An attacker on the path can read or forge them.',
  checklist: ['C2'],
  topics: ['tls'],
  references: ['https://csrc.nist.gov/pubs/sp/800/52/r2/final'],
  needs: ['webhooks'],
  decidedBy: ['webhooks'],

  judge({ webhooks }) {
    const weak = webhooks.flatMap(({ host, transport }) =>
      transport === 'verified-tls' ? [] : [`${host} (${weaknesses[transport]})`],
    );
    if (weak.length > 0) return fail(`webhooks without verified HTTPS: ${enumerate(weak)}`);
    if (webhooks.length === 0) return pass('there are no webhooks');
    return pass(
      `webhooks are sent over verified HTTPS to ${enumerate(webhooks.map(({ host }) => host))}`,
    );
  },
});

const weaknesses = {
  'unverified-tls': 'certificate not verified',
  'plain-http': 'plain HTTP',
} as const;
