import { describe, expect, it } from 'vitest';
import { demoSecret, harborAnswers } from '../../src/demo/harbor/answers.ts';
import type { Estate } from '../../src/demo/harbor/estate.ts';
import { projectsOf } from '../../src/demo/harbor/projects.ts';
import type { WireRequest } from '../../src/demo/wire-server.ts';
import { artifact, scanResult } from '../../src/providers/harbor/decode/artifact.ts';
import { scanner } from '../../src/providers/harbor/decode/scanning.ts';
import { operations } from '../../src/providers/harbor/operations.ts';
import { answerValidators } from '../support/harbor/description.ts';
import { scenario, scenarios } from '../support/harbor/scan.ts';

interface Call {
  readonly operation: string;
  readonly request: WireRequest;
}

function call(estate: Estate, operation: string, path: string, query = ''): Call {
  const pair = Buffer.from(`${estate.caller.name}:${demoSecret}`).toString('base64');
  return {
    operation,
    request: {
      method: 'GET',
      path: `/api/v2.0${path}`,
      query: new URLSearchParams(query),
      headers: { authorization: `Basic ${pair}` },
      body: '',
    },
  };
}

/** Every call that the adapter can make of an estate. */
function everyCall(estate: Estate): Call[] {
  return Object.entries(operations).flatMap(([name, { path }]) => {
    if (path === null) return [];
    if (name === 'ListRobot') {
      const each = projectsOf(estate).map(
        ({ project_id }) => `q=Level=project,ProjectID=${project_id}`,
      );
      return ['', ...each].map((query) => call(estate, name, path, query));
    }
    if (name === 'getRetention') {
      const ids = projectsOf(estate).flatMap(({ metadata }) => metadata['retention_id'] ?? []);
      return ids.map((id) => call(estate, name, path.replace('{id}', id)));
    }
    if (name === 'getUser') return [call(estate, name, path.replace('{id}', '1'))];
    if (name === 'getArtifact') return [];
    if (!path.includes('{project}')) return [call(estate, name, path)];
    return projectsOf(estate).map(({ project_id }) =>
      call(estate, name, path.replace('{project}', String(project_id)), 'page_size=100'),
    );
  });
}

/** The accessories that a list of artifacts names, each looked at. */
function looks(estate: Estate, listed: unknown): Call[] {
  const artifacts = listed as readonly {
    readonly repository_name: string;
    readonly accessories: readonly { readonly digest: string }[] | null;
  }[];
  return artifacts.flatMap(({ repository_name, accessories }) =>
    (accessories ?? []).map(({ digest }) => {
      const [project = '', ...rest] = repository_name.split('/');
      const repository = encodeURIComponent(encodeURIComponent(rest.join('/')));
      return call(
        estate,
        'getArtifact',
        `/projects/${project}/repositories/${repository}/artifacts/${digest}`,
      );
    }),
  );
}

describe('every answer is one that Harbor describes', () => {
  const validators = answerValidators(Object.keys(operations));

  it('every operation of the adapter is described under its name', () => {
    const named = Object.entries(operations).flatMap(([name, { path }]) =>
      path === null ? [] : name,
    );
    expect(named.filter((name) => !validators.has(name))).toEqual([]);
  });

  it.each(scenarios)('of the estate %s, its faults aside', async (name) => {
    const { faults: _, ...estate } = await scenario(name);
    const { answer, strays } = harborAnswers(estate);
    let checked = 0;
    const check = (made: Call): unknown => {
      const { status, body } = answer(made.request);
      const about = `${made.operation} ${made.request.path}`;
      // What a robot or a user who is no administrator gets, and instances without a scanner.
      if (status !== 200) {
        expect([403, 412], about).toContain(status);
        return [];
      }
      if (body === '') return [];
      const sent: unknown = JSON.parse(String(body));
      const validate = validators.get(made.operation);
      validate?.(sent);
      expect(validate?.errors ?? [], about).toEqual([]);
      checked += 1;
      return sent;
    };
    for (const made of everyCall(estate)) {
      const sent = check(made);
      if (made.operation === 'listArtifactsOfProject') looks(estate, sent).forEach(check);
    }
    expect(checked).toBeGreaterThan(10);
    expect(strays).toEqual([]);
  });

  it('notices a word that is not Harbor’s, and a field that is not there', () => {
    const schedule = validators.get('getGCSchedule');
    expect(schedule?.({ schedule: { type: 'Yearly' } })).toBe(false);
    expect(schedule?.({ plan: {} })).toBe(false);
    expect(schedule?.({ schedule: { type: 'Daily', cron: '0 0 0 * * *' } })).toBe(true);
  });

  it('a scanner and a report with every field of the description are decoded without loss', () => {
    const registration = {
      uuid: '3c9a8bb4-8f0e-11f1-9f6a-0242ac120006',
      name: 'House scanner',
      description: 'Looks at what is pushed.',
      url: 'http://scanner.internal:8080',
      disabled: false,
      is_default: true,
      auth: 'Bearer',
      access_credential: 'Bearer: made-up',
      skip_certVerify: false,
      use_internal_addr: true,
      create_time: '2026-02-03T04:05:06Z',
      update_time: '2026-02-03T04:05:06Z',
      adapter: 'House',
      vendor: 'Acme',
      version: '7.1.0',
      health: 'healthy',
      capabilities: { support_vulnerability: true, support_sbom: true },
    };
    expect(validators.get('getScannerOfProject')?.(registration)).toBe(true);
    expect(scanner(registration)).toEqual({ name: 'House scanner', trouble: '', responds: true });
    const report = {
      report_id: '6f1d6f0a-8f0e-11f1-9f6a-0242ac120006',
      scan_status: 'Success',
      severity: 'High',
      duration: 42,
      summary: { total: 9, fixable: 9, summary: { Critical: 2, High: 7 } },
      start_time: '2026-02-03T04:05:06Z',
      end_time: '2026-02-03T04:05:48Z',
      complete_percent: 100,
    };
    const listed = {
      digest: `sha256:${'0'.repeat(64)}`,
      repository_name: 'shop/web',
      push_time: '2026-02-03T04:00:00Z',
      type: 'IMAGE',
      scan_overview: { report },
    };
    expect(validators.get('listArtifactsOfProject')?.([listed])).toBe(true);
    expect(scanResult(artifact(listed))).toEqual({
      mode: 'finished',
      critical: 2,
      high: 7,
      at: '2026-02-03T04:05:48.000Z',
    });
  });
});
