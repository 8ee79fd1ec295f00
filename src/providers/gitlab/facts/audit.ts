import type { RegistryFacts } from '../../../model/registry.ts';
import { unsupported } from '../../contract.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { topOf } from '../decode/group.ts';
import { auditDestination, instanceStreams, streams } from '../decode/streams.ts';
import { instanceStreamsQuery, streamsQuery } from '../wire/queries.ts';
import type { Settings } from './settings.ts';

/** The best that GitLab records: it has no audit event for a push or pull of an image. */
export const bestLog: { mode: 'on'; administration: true; push: false; pull: false; by: string[] } =
  {
    mode: 'on',
    administration: true,
    push: false,
    pull: false,
    by: ['audit events of the group'],
  };

const ofPerson = unsupported('audit events are those of groups, and this belongs to a person');

/** Whether the group has audit events at all, which its plan decides. One entry is asked for. */
async function available(settings: Settings, home: string) {
  const { api } = settings;
  return api.one('listGroupAuditEvents', eventsIn, {
    params: { group: home },
    query: { per_page: 1 },
  });
}

function eventsIn(raw: unknown): true {
  if (Array.isArray(raw)) return true;
  throw new Error('the response is not a list');
}

export async function auditLog(settings: Settings): Promise<RegistryFacts['auditLog']> {
  const home = settings.home();
  if (home === null) return ofPerson;
  return join([await available(settings, home)], () => bestLog);
}

/** Destinations of the outermost group, and of an instance of one's own, which get the events of all groups. */
export async function auditExport(settings: Settings): Promise<RegistryFacts['auditExport']> {
  const { api, hosted } = settings;
  const home = settings.home();
  if (home === null) return ofPerson;
  const found = await api.one('queryStreams', streams, {
    json: { query: streamsQuery, variables: { path: topOf(home) } },
  });
  const ofGroup = eachEntry(found, auditDestination);
  if (hosted) return ofGroup;
  const everywhere = await api.one('queryInstanceStreams', instanceStreams, {
    json: { query: instanceStreamsQuery },
  });
  return joinLists([ofGroup, eachEntry(everywhere, auditDestination)]);
}
