import { describe, expect, test } from 'vitest';
import { googleAnswers } from '../../src/demo/artifact-registry/answers.ts';
import { admissionPolicy } from '../../src/providers/artifact-registry/decode/binary-authorization.ts';
import { retention } from '../../src/providers/artifact-registry/decode/cleanup.ts';
import {
  finishedScan,
  severityCounts,
} from '../../src/providers/artifact-registry/decode/occurrences.ts';
import { fetchesFromOutside } from '../../src/providers/artifact-registry/decode/perimeters.ts';
import {
  modeOf,
  otherFormats,
  scanning,
} from '../../src/providers/artifact-registry/decode/repository.ts';
import { Unlearnt } from '../../src/providers/unlearnt.ts';
import { type Api, validatorOf, wordsOf } from '../support/google/discovery.ts';
import { everyCall } from '../support/google/every-call.ts';
import { scenario, scenarios } from '../support/google/scenario.ts';

describe('every answer of the fake is one that Google describes', () => {
  const validators = new Map<string, ReturnType<typeof validatorOf>>();
  const validator = (api: Api, response: string) => {
    const key = `${api} ${response}`;
    const found = validators.get(key) ?? validatorOf(api, response);
    validators.set(key, found);
    return found;
  };

  test.each(scenarios)('of the estate %s, its faults aside', async (name) => {
    const { faults: _, ...estate } = await scenario(name);
    const { answer, strays } = googleAnswers(estate);
    let described = 0;
    for (const { api, response, request } of everyCall(estate)) {
      const { status, body } = answer(request);
      const sent = JSON.parse(String(body));
      if (status === 403) {
        expect(sent.error.details[0].reason).toBe('SERVICE_DISABLED');
        continue;
      }
      expect(status, request.path).toBe(200);
      const validate = validator(api, response);
      validate(sent);
      expect(validate.errors ?? [], `${request.path} ${String(body).slice(0, 300)}`).toEqual([]);
      described += 1;
    }
    expect(strays).toEqual([]);
    expect(described).toBeGreaterThan(2);
  });

  test('a word that is not Google’s and a field that is not known are noticed', () => {
    const validate = validatorOf('artifactregistry', 'ListRepositoriesResponse');
    expect(validate({ repositories: [{ name: 'x', format: 'DOCKER' }] })).toBe(true);
    expect(validate({ repositories: [{ name: 'x', format: 'CONTAINER' }] })).toBe(false);
    expect(validate({ repositories: [{ name: 'x', shape: 'round' }] })).toBe(false);
  });
});

/** What a decoder makes of a word: an answer, an admission that it is not known, or a refusal. */
function reading(decode: () => unknown): 'read' | 'inconclusive' | 'refused' {
  try {
    decode();
    return 'read';
  } catch (error) {
    return error instanceof Unlearnt ? 'inconclusive' : 'refused';
  }
}

describe('every word that Google describes is known', () => {
  const words = (api: Api, schema: string, field: string, decode: (word: string) => unknown) =>
    Object.fromEntries(
      wordsOf(api, schema, field).map((word) => [word, reading(() => decode(word))]),
    );

  test('formats: all but one hold no images', () => {
    const formats = wordsOf('artifactregistry', 'Repository', 'format');
    expect([...otherFormats, 'DOCKER', 'FORMAT_UNSPECIFIED'].toSorted()).toEqual(
      formats.toSorted(),
    );
  });

  test('modes: those of Assured Open Source hold no images of one’s own', () => {
    expect(words('artifactregistry', 'Repository', 'mode', (mode) => modeOf({ mode }))).toEqual({
      MODE_UNSPECIFIED: 'read',
      STANDARD_REPOSITORY: 'read',
      VIRTUAL_REPOSITORY: 'read',
      REMOTE_REPOSITORY: 'read',
      AOSS_REPOSITORY: 'refused',
      ASSURED_OSS_REPOSITORY: 'refused',
    });
  });

  test('states of scanning: an unclear one is none', () => {
    const decode = (enablementState: string) =>
      scanning({ vulnerabilityScanningConfig: { enablementState } });
    const of = 'VulnerabilityScanningConfig';
    expect(words('artifactregistry', of, 'enablementState', decode)).toEqual({
      ENABLEMENT_STATE_UNSPECIFIED: 'refused',
      SCANNING_UNSUPPORTED: 'read',
      SCANNING_DISABLED: 'read',
      SCANNING_ACTIVE: 'read',
    });
  });

  test('cleanup policies', () => {
    const action = (word: string) =>
      retention({ cleanupPolicies: { a: { action: word, condition: {} } } });
    const state = (tagState: string) =>
      retention({ cleanupPolicies: { a: { action: 'DELETE', condition: { tagState } } } });
    expect(words('artifactregistry', 'CleanupPolicy', 'action', action)).toEqual({
      ACTION_UNSPECIFIED: 'refused',
      DELETE: 'read',
      KEEP: 'read',
    });
    const states = words('artifactregistry', 'CleanupPolicyCondition', 'tagState', state);
    expect(new Set(Object.values(states))).toEqual(new Set(['read']));
  });

  test('the policy of remote repositories in a perimeter', () => {
    const decode = (vpcscPolicy: string) =>
      fetchesFromOutside({ name: 'projects/p/locations/l/vpcscConfig', vpcscPolicy }, 'l');
    const read = words('artifactregistry', 'VPCSCConfig', 'vpcscPolicy', decode);
    expect(new Set(Object.values(read))).toEqual(new Set(['read']));
  });

  test('admission rules', () => {
    const rule = (changed: object) =>
      admissionPolicy({
        defaultAdmissionRule: {
          evaluationMode: 'ALWAYS_DENY',
          enforcementMode: 'ENFORCED_BLOCK_AND_AUDIT_LOG',
          ...changed,
        },
      });
    const api = 'binaryauthorization';
    const evaluations = words(api, 'AdmissionRule', 'evaluationMode', (evaluationMode) =>
      rule({ evaluationMode }),
    );
    const enforcements = words(api, 'AdmissionRule', 'enforcementMode', (enforcementMode) =>
      rule({ enforcementMode }),
    );
    const refused = (of: Readonly<Record<string, string>>) =>
      Object.keys(of).filter((word) => of[word] !== 'read');
    expect(refused(evaluations)).toEqual(['EVALUATION_MODE_UNSPECIFIED']);
    expect(refused(enforcements)).toEqual(['ENFORCEMENT_MODE_UNSPECIFIED']);
  });

  test('scans: only a finished one that is kept up to date says anything', () => {
    const decode = (changed: object) =>
      finishedScan(
        {
          discovery: {
            analysisStatus: 'FINISHED_SUCCESS',
            continuousAnalysis: 'ACTIVE',
            ...changed,
          },
        },
        'app',
      );
    const api = 'containeranalysis';
    const read = (of: Readonly<Record<string, string>>) => ({
      read: Object.keys(of).filter((word) => of[word] === 'read'),
      refused: Object.keys(of).filter((word) => of[word] === 'refused'),
    });
    const status = words(api, 'DiscoveryOccurrence', 'analysisStatus', (analysisStatus) =>
      decode({ analysisStatus }),
    );
    const kept = words(api, 'DiscoveryOccurrence', 'continuousAnalysis', (continuousAnalysis) =>
      decode({ continuousAnalysis }),
    );
    expect(read(status)).toEqual({ read: ['FINISHED_SUCCESS', 'COMPLETE'], refused: [] });
    expect(read(kept)).toEqual({ read: ['ACTIVE'], refused: [] });
  });

  test('severities', () => {
    const decode = (severity: string) =>
      severityCounts({ counts: [{ resourceUri: 'r', severity, totalCount: '1' }] }, ['r']);
    const read = words('containeranalysis', 'FixableTotalByDigest', 'severity', decode);
    expect(new Set(Object.values(read))).toEqual(new Set(['read']));
  });
});
