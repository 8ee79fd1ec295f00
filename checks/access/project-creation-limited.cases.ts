import { cases } from '../../src/engine/cases.ts';
import { projectCreationLimited } from './project-creation-limited.ts';

export default cases(projectCreationLimited, {
  'only administrators create projects': [
    { projectCreation: { mode: 'limited', to: 'administrators' } },
    'pass',
  ],
  'two named roles create repositories': [
    { projectCreation: { mode: 'limited', to: 'role/platform, role/ci' } },
    'pass',
  ],
  'everyone creates projects': [{ projectCreation: { mode: 'open', to: 'everyone' } }, 'fail'],
  'every pusher creates a repository by pushing': [
    { projectCreation: { mode: 'open', to: 'everyone who can push' } },
    'fail',
  ],
});
