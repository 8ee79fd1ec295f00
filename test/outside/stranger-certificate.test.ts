import { readFileSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import { lookFrom } from '../../src/outside/look.ts';

import { answer, serve, settingsFor } from '../http/support/serve.ts';

const file = (name: string) => fileURLToPath(new URL(`../support/tls/${name}`, import.meta.url));
const [certFile, keyFile] = [file('localhost.test-only.pem'), file('localhost.test-only.key')];

test('a look from outside shows no certificate of --client-cert: a stranger has none', async () => {
  const shown: unknown[] = [];
  const { base } = await serve(
    (request, response) => {
      shown.push((request.socket as TLSSocket).getPeerCertificate().subject);
      answer(response, 200, { repositories: ['team/app'] });
    },
    {
      cert: readFileSync(certFile, 'utf8'),
      key: readFileSync(keyFile, 'utf8'),
      requestCert: true,
      rejectUnauthorized: false,
    },
  );
  const { base: _, ...settings } = settingsFor(base);
  const look = lookFrom({
    registry: 'x://y',
    base,
    realms: [],
    prefix: '',
    context: {
      ...settings,
      caFile: file('ca.test-only.pem'),
      clientCertificate: { certFile, keyFile },
      plan: collectPlan([]),
      scan: settings.signal,
      wanted: () => true,
      images: { newest: 1, tags: [], mayPull: false },
      now: () => new Date(0),
      progress: () => undefined,
    },
  });
  expect(await look.names()).toEqual(['team/app']);
  await look.close();
  expect(shown).toEqual([undefined]);
});
