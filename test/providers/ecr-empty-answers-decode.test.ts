import { describe, expect, test } from 'vitest';
import { credentialReport } from '../../src/providers/ecr/decode/credential-report.ts';
import { imageRow, scanResult } from '../../src/providers/ecr/decode/images.ts';
import { retention } from '../../src/providers/ecr/decode/lifecycle.ts';
import {
  cacheRule,
  creationTemplate,
  policyScope,
  replicationRules,
  signingProfileTrouble,
  signingRules,
} from '../../src/providers/ecr/decode/registry.ts';
import { described, kmsKey } from '../../src/providers/ecr/decode/repository.ts';
import {
  effectiveScan,
  inspectorState,
  rescanDays,
  scanningRegistry,
} from '../../src/providers/ecr/decode/scanning.ts';
import {
  eventDataStore,
  selectedEvents,
  trailStatus,
} from '../../src/providers/ecr/decode/trails.ts';

type Decoder = (raw: Readonly<Record<string, unknown>>) => unknown;

const decoders: Readonly<Record<string, Decoder>> = {
  cacheRule,
  creationTemplate,
  credentialReport,
  described,
  effectiveScan,
  eventDataStore: (raw) => eventDataStore(raw, 'eu-west-1'),
  imageRow,
  inspectorState: inspectorState('123456789012'),
  kmsKey,
  policyScope,
  replicationRules,
  rescanDays,
  retention,
  scanResult,
  scanningRegistry,
  selectedEvents,
  signingProfileTrouble,
  signingRules,
  trailStatus,
};

describe('a 200 that is not the answer is not read', () => {
  test.each(Object.entries(decoders))('%s', (_name, decode) => {
    for (const raw of [{}, { error: 'unavailable' }, { message: 'hello', status: 200 }])
      expect(() => decode(raw)).toThrow();
  });
});
