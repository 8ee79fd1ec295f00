import { cases } from '../../src/engine/cases.ts';
import { webhooksUseTls } from './webhooks-use-tls.ts';

const verified = { host: 'ci.example.com', transport: 'verified-tls' } as const;

export default cases(webhooksUseTls, {
  'there are no webhooks': [{ webhooks: [] }, 'pass'],
  'every webhook is sent over verified HTTPS': [
    { webhooks: [verified, { ...verified, host: 'chat.example.com' }] },
    'pass',
  ],
  'one webhook is sent over plain HTTP': [
    { webhooks: [verified, { host: 'build.example.com', transport: 'plain-http' }] },
    'fail',
  ],
  'one webhook does not verify the certificate': [
    { webhooks: [verified, { host: 'chat.example.com', transport: 'unverified-tls' }] },
    'fail',
  ],
  'a webhook is reported by host only, because its URL may hold a secret': [
    { webhooks: [{ host: 'hooks.example.com', transport: 'plain-http' }] },
    'fail',
  ],
});
