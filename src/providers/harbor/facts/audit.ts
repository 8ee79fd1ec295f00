import type { JsonObject } from '../../../decode/fields.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import { daysBetween, isToCome } from '../../../model/instant.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join } from '../../facts.ts';
import { disabledEvents, flagItem, release, textItem } from '../decode/instance.ts';
import { purgedAfter } from '../decode/schedule.ts';
import { eventsUntold } from '../provides.ts';
import type { Settings } from './settings.ts';

/** Events of administration (src/pkg/auditext/model/model.go, EventTypes). */
const administration = [
  'create_project',
  'delete_project',
  'create_user',
  'delete_user',
  'update_user',
  'create_robot',
  'delete_robot',
  'update_configuration',
];
/** Who gets access, and whether a project is public: recorded from this release on. */
const sinceMinor = 16;
const ofProjects = ['create_member', 'delete_member', 'update_member', 'update_project'];
const notYet = `releases before 2.${sinceMinor} record neither members nor settings of projects`;
/**
 * Administrative changes that leave no record up to release 2.16: only users, robot accounts when they are
 * made and deleted, the configuration, members and projects with their settings have events
 * (src/pkg/auditext/event, RegisterResolver).
 */
const unrecorded = [
  'immutability and retention rules',
  'changes of robot accounts',
  'registries, replication and webhooks',
  'scanners, scan schedules and lists of vulnerabilities to let through',
  'garbage collection, log purges, quotas and groups',
];
const push = 'create_artifact';
const pull = 'pull_artifact';

/** The release that began to tell which events it records. */
const firstWithEvents = 13;

/** How many days back a record of a pull proves that pulls are recorded. */
const recent = 7;
const noPullSeen = `the database holds no record of a pull within ${recent} days`;

/**
 * What is recorded. That pulls are can only be proved by a record of one: the switch that leaves them
 * out (`pull_audit_log_disable`) is not in the answer (src/lib/config/metadata/metadatalist.go).
 */
export async function auditLog(
  settings: Settings,
  now: string,
): Promise<RegistryFacts['auditLog']> {
  const items = await settings.configuration();
  const to = join([items], destinationsOf);
  if (to.state !== 'known') return to;
  const destinations = to.value;
  if (destinations.length === 0) {
    return join([to], () => ({
      mode: 'off',
      why: 'records are neither kept in the database nor forwarded',
    }));
  }
  const minor = join([await settings.info()], (info) => release(info).minor);
  if (minor.state === 'known' && minor.value < firstWithEvents) return eventsUntold;
  const known = join([items], disabledEvents);
  const newestPull = await settings.newestPull();
  return join([known, minor, newestPull], (disabled, current, newest) => {
    const whole = current >= sinceMinor;
    const seen = newest !== null && !isToCome(newest, now) && daysBetween(newest, now) <= recent;
    const gaps = [
      ...(whole ? [] : [notYet]),
      ...(seen || disabled.includes(pull) ? [] : [noPullSeen]),
    ];
    const events = [...administration, ...ofProjects];
    const pulls = !disabled.includes(pull) && seen;
    return {
      mode: 'on',
      administration: whole && events.every((event) => !disabled.includes(event)),
      push: !disabled.includes(push),
      pull: pulls,
      by: destinations,
      ...(gaps.length === 0 ? {} : { gaps }),
      unrecorded,
      ...(pulls ? { newestPull: newest } : {}),
    };
  });
}

function destinationsOf(items: JsonObject): string[] {
  const endpoint = textItem(items, 'audit_log_forward_endpoint');
  return [
    ...(flagItem(items, 'skip_audit_log_database') ? [] : ['the database of Harbor']),
    ...(endpoint === '' ? [] : [`syslog at ${endpoint}`]),
  ];
}

export async function auditExport(settings: Settings): Promise<RegistryFacts['auditExport']> {
  return join([await settings.configuration()], (items) => {
    const destination = textItem(items, 'audit_log_forward_endpoint');
    return destination === '' ? [] : [{ kind: 'syslog', destination, delivers: { mode: 'yes' } }];
  });
}

/** How long records stay in the database, and whether it would be seen if they were done away with. */
export async function auditRetention(settings: Settings): Promise<RegistryFacts['auditRetention']> {
  const facts: [Fact<JsonObject>, Awaited<ReturnType<Settings['purge']>>] = [
    await settings.configuration(),
    await settings.purge(),
  ];
  return join(facts, (items, schedule): ValueOf<RegistryFacts['auditRetention']> => {
    if (flagItem(items, 'skip_audit_log_database')) {
      throw new Inconclusive(
        'Harbor keeps no records itself; how long the syslog server does is its own matter',
      );
    }
    // What is forwarded is out of reach, and so is the record of the switching off.
    const forwarded = textItem(items, 'audit_log_forward_endpoint') !== '';
    const isEvident = forwarded && !disabledEvents(items).includes('update_configuration');
    const switchOff = isEvident ? 'evident' : 'possible';
    const hours = purgedAfter(schedule);
    return hours === null
      ? { mode: 'forever', switchOff }
      : { mode: 'days', days: Math.floor(hours / 24), switchOff };
  });
}
