import { cases } from '../../src/engine/cases.ts';
import { privateEndpointUsed } from './private-endpoint-used.ts';

export default cases(privateEndpointUsed, {
  'approved endpoints serve the registry': [
    { privateEndpoints: { mode: 'serving', endpoints: ['vpce-1', 'vpce-2', 'vpce-3'] } },
    'pass',
  ],
  'the endpoint waits for approval': [
    { privateEndpoints: { mode: 'incomplete', endpoints: ['pe-1'], missing: ['approval'] } },
    'fail',
  ],
  'the only endpoint was rejected': [{ privateEndpoints: { mode: 'none' } }, 'fail'],
  'the plan has no private endpoints': [
    { privateEndpoints: { mode: 'none', because: 'the small plan has none, the large plan has' } },
    'fail',
  ],
  'images cannot be pulled over the existing endpoints': [
    { privateEndpoints: { mode: 'incomplete', endpoints: ['vpce-1'], missing: ['ecr.dkr', 's3'] } },
    'fail',
  ],
});
