import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { ServedDemo } from '../../src/demo/demo.ts';
import { demos } from '../../src/demo/demos.ts';
import { serveGhcr } from '../../src/demo/ghcr/serve-estate.ts';
import { scenario as ghcrScenario } from '../support/ghcr/scan.ts';
import { echoed, leaksOf, places, writings } from './support/echo.ts';
import { everythingOf } from './support/everything.ts';
import { type Aim, type Attack, inFront } from './support/in-front.ts';

/*
 * Every secret that a demo's server is sent, and every one that it was told to begin with, comes back in each
 * place of its answers; none may come out. Here for the providers that have one client of ours.
 */

const ours = ['ghcrDemo', 'nexusDemo', 'gitlabDemo', 'quayDemo', 'ociDemo'];

/** What a request gives away: a token, and the password of a pair. */
function given({ headers }: IncomingMessage, body: string): readonly string[] {
  const own = Object.entries(headers).flatMap(([name, value]) =>
    /authorization|token|cookie/.test(name) ? [String(value).replace(/^\w+ /, '')] : [],
  );
  const pairs = own.map((value) => Buffer.from(value, 'base64').toString('utf8'));
  const passwords = pairs.flatMap((pair) => /^[\w-]+:([ -~]+)$/.exec(pair)?.[1] ?? []);
  const form = new URLSearchParams(body);
  const sent = ['password', 'refresh_token', 'client_secret'].map((key) => form.get(key) ?? '');
  return [...own, ...passwords, ...sent].filter((value) => value.length >= 8);
}

/** What a demo is scanned with: of a key each line. */
function secretsIn(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    /TOKEN|PASSWORD|SECRET|KEY/.test(name) ? value.split('\n').filter((l) => l.length >= 8) : [],
  );
}

async function leaks(demo: ServedDemo, place: (typeof places)[number]) {
  const own = secretsIn(demo.environment).filter((one) => !one.startsWith('-----'));
  const seen = new Set<string>();
  const ever = new Set(own);
  let turn = 0;
  const aim: Aim = (asked, body) => {
    for (const one of given(asked, body)) seen.add(one);
    for (const one of seen) ever.add(one);
    if (/token|auth|users\/current|\/user$|installation/.test(asked.url ?? '')) return undefined;
    turn += 1;
    const forms = [...seen].flatMap((one) => Object.values(writings('user', one)));
    const form = forms[turn % Math.max(1, forms.length)] ?? '';
    const attack: Attack = (response, { status, headers, body: bytes }) => {
      const { 'content-length': _, ...rest } = headers as Record<string, string>;
      const answer = echoed({ status, headers: rest, body: bytes.toString('utf8') }, place, form);
      response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    };
    return attack;
  };
  const front = await inFront(demo, aim);
  const [entry] = front.entries;
  const forget = () => seen.clear();
  const run = everythingOf(entry ?? {}, demo.environment, forget).finally(front.close);
  const { text } = await run;
  return { leaked: leaksOf(text, [...ever]), seen: ever.size, turn };
}

/** The demo's organization, read by a GitHub App that signs in with a key of its own. */
async function ghcrByApp(): Promise<ServedDemo> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pemOf = (key: typeof privateKey) => key.export({ type: 'pkcs1', format: 'pem' }).toString();
  const good = await ghcrScenario('all-good');
  const permissions = ['organization_administration', 'members', 'metadata'];
  const { url, options, environment, close } = await serveGhcr({
    ...good,
    tokens: { ...good.tokens, settings: { kind: 'installation', role: 'owner', permissions } },
    app: {
      id: 'Iv23liDemo',
      publicKey: pemOf(publicKey),
      granted: { organization_administration: 'read', members: 'read', metadata: 'read' },
      expiresAt: '2099-01-01T00:00:00Z',
    },
  });
  const app = {
    REGAUDIT_GITHUB_APP_ID: 'Iv23liDemo',
    REGAUDIT_GITHUB_APP_KEY: pemOf(privateKey),
  };
  return {
    entries: [{ target: `ghcr://${good.owner.login}`, ...options, url }],
    environment: { ...environment, ...app },
    hiddenVariables: [],
    close,
  };
}

const served = [...demos.filter(({ name }) => ours.includes(name)), ghcrByApp];

describe.each(served.map((demo) => [demo.name, demo] as const))(
  'a secret that the server of %s repeats comes out nowhere',
  (name, demo) => {
    test.each(places)('in the %s of an answer', async (place) => {
      const { leaked, seen, turn } = await leaks(await demo(), place);
      expect(leaked).toEqual([]);
      expect(turn).toBeGreaterThan(0);
      // The registry of the demo for others is read without credentials.
      if (name !== 'ociDemo') expect(seen).toBeGreaterThan(0);
    });
  },
);
