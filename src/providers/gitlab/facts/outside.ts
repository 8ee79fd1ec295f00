import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists, withRest } from '../../parts.ts';
import { topOf } from '../decode/group.ts';
import { developer, maintainer, roleName } from '../decode/levels.ts';
import { openTo, type Project } from '../decode/project.ts';
import { allowedGroup, allowedProject, limitsJobTokens } from '../decode/settings.ts';
import { entries } from '../wire/api.ts';
import { isForeign, shares } from './access.ts';
import { hiddenShares } from './not-exposed.ts';
import type { Settings } from './settings.ts';

type Outside = ValueOf<RepositoryFacts['outsideAccess']>[number];

/**
 * Who outside of the outermost group has access: everybody, invited groups, and pipelines of others, which
 * `pipelinesOfOthers` tells once for a project.
 */
export async function outsideAccess(
  settings: Settings,
  project: Project,
  ofOthers: () => Promise<Fact<Outside[]>>,
): Promise<RepositoryFacts['outsideAccess']> {
  const listed = await settings.projectOf(project.id);
  const lists = [
    join([listed], (one) => everybody(one)),
    eachEntry(await shares(settings, project), ({ group, level }): Outside[] =>
      isForeign(group, project)
        ? [outsider('organization', group, rights(level), `an invitation as ${roleName(level)}`)]
        : [],
    ),
    await ofOthers(),
  ];
  return withRest(joinLists(lists), hiddenShares);
}

function everybody(project: Project): Outside[] {
  switch (openTo(project)) {
    case 'anyone':
      return [{ ...stranger, kind: 'anyone', via: 'project and registry are public' }];
    case 'signed-in':
      return [{ ...stranger, via: 'the project is internal, and its registry open to all' }];
    case 'members':
      return [];
  }
}

const stranger: Outside = {
  kind: 'everyone-signed-in',
  id: '*',
  account: '',
  own: false,
  can: ['pull'],
  via: '',
};

function outsider(kind: Outside['kind'], id: string, can: Outside['can'], via: string): Outside {
  return { kind, id, account: topOf(id), own: false, can, via };
}

/** Every level may see settings; from Guest on internal and public images can be pulled. */
function rights(level: number): Outside['can'] {
  if (level >= maintainer) return ['pull', 'push', 'delete', 'administer'];
  return level >= developer ? ['pull', 'push', 'delete'] : ['pull'];
}

/**
 * Job tokens of other projects pull with the rights of whoever started the job; where the scope is not
 * limited, those of every project do.
 */
export async function pipelinesOfOthers(
  { api }: Pick<Settings, 'api'>,
  project: Project,
): Promise<Fact<Outside[]>> {
  const params = { project: project.id };
  const limited = await api.one('getJobTokenScope', limitsJobTokens, { params });
  if (limited.state !== 'known') return limited;
  if (!limited.value) {
    return join([limited], () => [
      {
        ...stranger,
        via: 'job tokens of every project are let in, for members who start such a job',
      },
    ]);
  }
  const via = 'the allowlist of job tokens';
  const foreign = (path: string): Outside[] =>
    isForeign(path, project) ? [outsider('principal', path, ['pull'], via)] : [];
  return joinLists([
    eachEntry(await api.all('listJobTokenProjects', entries, { params }), (raw) =>
      foreign(allowedProject(raw)),
    ),
    eachEntry(await api.all('listJobTokenGroups', entries, { params }), (raw) =>
      foreign(allowedGroup(raw)),
    ),
  ]);
}
