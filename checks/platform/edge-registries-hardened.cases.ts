import { cases } from '../../src/engine/cases.ts';
import { edgeRegistriesHardened } from './edge-registries-hardened.ts';

const good = { name: 'plant-1', mode: 'read-only', transport: 'tls', audit: 'on' } as const;

export default cases(edgeRegistriesHardened, {
  'there are no copies': [{ edgeRegistries: [] }, 'pass'],
  'the copy is read-only, encrypted and audited': [{ edgeRegistries: [good] }, 'pass'],
  'the copy accepts pushes': [{ edgeRegistries: [{ ...good, mode: 'read-write' }] }, 'fail'],
  'the copy is served without TLS': [
    { edgeRegistries: [{ ...good, transport: 'plain-http' }] },
    'fail',
  ],
  'the audit log of one copy is off': [
    { edgeRegistries: [good, { ...good, audit: 'off' }] },
    'fail',
  ],
});
