import { devNull } from 'node:os';
import { describe, expect, test } from 'vitest';
import { entraAnswer } from '../../src/demo/acr/entra.ts';
import { acrAnswers } from '../../src/demo/acr/serve-estate.ts';
import { serveEstate as serveGoogle } from '../../src/demo/artifact-registry/serve-estate.ts';
import { awsAnswers } from '../../src/demo/aws/answers.ts';
import { secrets as hubSecrets, session } from '../../src/demo/docker-hub/answering.ts';
import { hubAnswers } from '../../src/demo/docker-hub/serve-estate.ts';
import { harborAnswers } from '../../src/demo/harbor/answers.ts';
import { serve, type WireAnswer, type WireRequest } from '../../src/demo/wire-server.ts';
import { scenario as acrScenario } from '../support/acr/scenario.ts';
import { scenario as awsScenario } from '../support/aws/scenario.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';
import { scenario as googleScenario } from '../support/google/scenario.ts';
import { scenario as harborScenario } from '../support/harbor/scan.ts';
import { echoing, leaksOf, type Place, places, writings } from './support/echo.ts';
import { everythingOf } from './support/everything.ts';

/*
 * A secret is planted wherever a server can repeat it, and looked for in all that comes out: every format,
 * the snapshot, the log at its loudest, and both streams.
 */

const password = 'R&D<prod>2026';

describe.each(places)('a secret in the %s of an answer comes out nowhere', (place) => {
  test('of Harbor', async () => {
    const estate = await harborScenario('all-good');
    const caller = { ...estate.caller, secret: password };
    const { answer } = harborAnswers({ ...estate, caller });
    const forms = Object.values(writings(caller.name, password));
    const signIn = ({ path }: WireRequest) => /users\/current$/.test(path);
    const server = await echoing(answer, place, forms, signIn);
    const { text, answered } = await everythingOf(
      { target: 'harbor://harbor.example.org', url: server.url },
      { HARBOR_USERNAME: caller.name, HARBOR_PASSWORD: password },
    ).finally(server.close);
    expect(leaksOf(text, [password])).toEqual([]);
    expect(answered).toBe(redactedIn(place));
  });

  test('of Docker Hub', async () => {
    const estate = await hubScenario('all-good');
    const { answer } = hubAnswers(estate);
    const { username, credential } = estate.caller;
    const honest = (request: WireRequest): WireAnswer =>
      answer({
        ...request,
        body: request.body.replace(JSON.stringify(password), `"${hubSecrets[credential]}"`),
      });
    const forms = [
      ...Object.values(writings(username, password)),
      ...Object.values(writings(username, session)),
    ];
    const server = await echoing(honest, place, forms, ({ path }) => path === '/v2/auth/token');
    const { text, answered } = await everythingOf(
      {
        target: `docker-hub://${estate.namespace}`,
        ...{ endpoint: server.url, registryEndpoint: server.url, scoutEndpoint: server.url },
        ...{ scout: true, webhooks: true },
      },
      { DOCKER_USERNAME: username, DOCKER_PASSWORD: password, DOCKER_CONFIG: devNull },
    ).finally(server.close);
    expect(leaksOf(text, [password, session])).toEqual([]);
    expect(answered).toBe(redactedIn(place));
  });
});

/** A redirect is told as the log has it; where nothing of the answer is told, nothing has to be taken out of it. */
function redactedIn(place: Place): boolean {
  return place === 'error' || place === 'value' || place === 'redirect';
}

/** The secrets that a request gives away, as its server sees them. */
function given({ headers, body }: WireRequest): readonly string[] {
  const form = new URLSearchParams(body);
  return [
    headers['x-amz-security-token'],
    headers['authorization']?.replace(/^(?:Bearer|Basic) /, ''),
    form.get('client_secret'),
    form.get('subject_token'),
  ].flatMap((value) => (value && !value.startsWith('AWS4-') ? [value] : []));
}

/** A refusal in the vendor's own shape, with what the request gave away in it. */
function telling(request: WireRequest, turn: number, shape: (said: string) => WireAnswer) {
  const forms = given(request).flatMap((one) => Object.values(writings('user', one)));
  return shape(`no right for ${forms[turn % forms.length] ?? 'nobody'} here`);
}

const xml = (said: string): WireAnswer => ({
  status: 403,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${said.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</Message></Error></ErrorResponse>`,
});
const amazon = (said: string): WireAnswer => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: `{"__type":"AccessDeniedException","message":"${said}"}`,
});
const cloud = (said: string): WireAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: `{"error":{"code":"Forbidden","status":"PERMISSION_DENIED","message":"${said}"}}`,
});

describe('a secret in the refusals that a vendor’s library reads comes out nowhere', () => {
  test('of ECR', async () => {
    const estate = await awsScenario('all-good');
    const { answer } = awsAnswers(estate);
    const seen = new Set<string>();
    let turn = 0;
    const server = await serve((request) => {
      for (const one of given(request)) seen.add(one);
      if (/Action=GetCallerIdentity|Action=DescribeRegions/.test(request.body))
        return answer(request);
      turn += 1;
      return telling(request, turn, request.body.includes('Action=') ? xml : amazon);
    });
    const region = Object.keys(estate.regions)[0] ?? '';
    const { text, answered } = await everythingOf(
      { target: 'ecr', endpoint: server.url, regions: [region] },
      { AWS_REGION: region },
    ).finally(server.close);
    expect(seen.size).toBeGreaterThan(0);
    expect(leaksOf(text, [...seen])).toEqual([]);
    expect(answered).toBe(true);
  });

  test.each(['sign-in', 'calls'])('of ACR, at its %s', async (what) => {
    const estate = await acrScenario('all-good');
    const { answer } = acrAnswers(estate);
    const seen = new Set<string>();
    let turn = 0;
    const server = await serve((request) => {
      for (const one of given(request)) if (one.length > 8) seen.add(one);
      const entra = entraAnswer(estate, request);
      const token = request.path.endsWith('/token') && entra !== null;
      if (entra !== null && !(token && what === 'sign-in')) return entra;
      if (!token && what === 'calls' && /resources|subscriptions$/.test(request.path))
        return answer(request);
      turn += 1;
      return telling(request, turn, token ? entraRefusal : cloud);
    });
    const { text } = await everythingOf(
      { target: 'acr', endpoint: server.url, authority: server.url },
      {},
    ).finally(server.close);
    expect(seen.size).toBeGreaterThan(0);
    expect(text).toContain('no right for ***');
    expect(leaksOf(text, [...seen])).toEqual([]);
  });

  test('of Artifact Registry', async () => {
    const seen = new Set<string>();
    let turn = 0;
    const server = await serveGoogle(await googleScenario('all-good'), (request, answer) => {
      for (const one of given(request)) seen.add(one);
      if (/\/v1\/token$|\/locations$|projects\/[^/:]+$/.test(request.path)) return answer;
      turn += 1;
      return telling(request, turn, cloud);
    });
    const project = server.environment['GOOGLE_CLOUD_PROJECT'] ?? '';
    const { text, answered } = await everythingOf(
      { target: `artifact-registry://${project}`, endpoint: server.endpoint },
      server.environment,
    ).finally(server.close);
    expect(seen.size).toBeGreaterThan(1);
    expect(leaksOf(text, [...seen])).toEqual([]);
    expect(answered).toBe(true);
  });
});

const entraRefusal = (said: string): WireAnswer => ({
  status: 401,
  headers: { 'content-type': 'application/json' },
  body: `{"error":"invalid_client","error_description":"AADSTS7000215: ${said}","error_codes":[7000215]}`,
});
