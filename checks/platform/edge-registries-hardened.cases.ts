import { cases } from '../../src/engine/cases.ts';
import { edgeRegistriesHardened } from './edge-registries-hardened.ts';

const good = { name: 'plant-1', mode: 'read-only', transport: 'tls', audit: 'on' } as const;

export default cases(edgeRegistriesHardened, {
  'there is none': [{ edgeRegistries: [] }, 'pass'],
  'one that is read-only, encrypted and audited': [{ edgeRegistries: [good] }, 'pass'],
  'it takes pushes': [{ edgeRegistries: [{ ...good, mode: 'read-write' }] }, 'fail'],
  'it is served without TLS': [{ edgeRegistries: [{ ...good, transport: 'plain-http' }] }, 'fail'],
  'its audit log is off': [{ edgeRegistries: [good, { ...good, audit: 'off' }] }, 'fail'],
});
