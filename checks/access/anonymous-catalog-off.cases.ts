import { cases } from '../../src/engine/cases.ts';
import { anonymousCatalogOff } from './anonymous-catalog-off.ts';

export default cases(anonymousCatalogOff, {
  'clients without login get no names': [{ anonymousCatalog: { mode: 'hidden' } }, 'pass'],
  'the catalog API answers without login': [
    { anonymousCatalog: { mode: 'listed', how: '/v2/_catalog answers' } },
    'fail',
  ],
  'public projects can be searched without login': [
    { anonymousCatalog: { mode: 'listed', how: 'public projects are listed' } },
    'fail',
  ],
});
