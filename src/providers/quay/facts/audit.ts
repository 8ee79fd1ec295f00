import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import { type Instance, isOn } from '../decode/instance.ts';
import { type LogStore, logStore } from '../decode/settings.ts';
import type { NamespaceSources } from './namespace-sources.ts';

const stores: Readonly<Record<LogStore['kind'], string>> = {
  database: 'the database of Quay',
  elasticsearch: 'Elasticsearch',
  splunk: 'Splunk',
  kafka: 'Kafka',
  kinesis: 'Kinesis',
};

/** The facts about the record of actions, by the settings of the instance. */
export function auditFacts(sources: NamespaceSources): Collectors<'registry'> {
  const { instance, name } = sources;
  const store = async () => join([await instance.settings()], logStore);
  return {
    auditLog: async () =>
      instance.hosted
        ? join([await instance.info()], (info) => auditLog(hostedLog, info, name))
        : join([await store(), await instance.info()], (log, info) => auditLog(log, info, name)),
    auditExport: async () =>
      instance.hosted
        ? unsupported('quay.io sends its log nowhere; it has to be fetched through the API')
        : join([await store()], auditExport),
    auditRetention: async () => join([await store()], auditRetention),
  };
}

/** quay.io keeps the actions of every namespace, and shows them to those who administer it. */
const hostedLog: LogStore = {
  kind: 'database',
  destination: null,
  unlogged: [],
  pullsUnlogged: [],
  failuresUnlogged: [],
  days: null,
};

/** Actions are recorded whatever is set, but for namespaces that are left out. */
function auditLog(
  log: LogStore,
  info: Instance,
  namespace: string,
): ValueOf<RegistryFacts['auditLog']> {
  if (log.unlogged.includes(namespace)) {
    return { mode: 'off', why: 'DISABLED_FOR_AUDIT_LOGS names the namespace' };
  }
  const gaps = [
    ...(log.pullsUnlogged.includes(namespace)
      ? ['DISABLED_FOR_PULL_LOGS names the namespace']
      : []),
    ...(isOn(info, 'DISABLE_PULL_LOGS_FOR_FREE_NAMESPACES')
      ? ['pulls of namespaces without a plan are left out']
      : []),
  ];
  const { failuresUnlogged } = log;
  return {
    mode: 'on',
    administration: true,
    push: true,
    pull: gaps.length === 0,
    by: [stores[log.kind]],
    ...(gaps.length === 0 ? {} : { gaps }),
    ...(failuresUnlogged.length === 0
      ? {}
      : { unrecorded: [`${failuresUnlogged.join(', ')} that fail`] }),
  };
}

function auditExport({ kind, destination }: LogStore): ValueOf<RegistryFacts['auditExport']> {
  if (kind === 'database') return [];
  return [{ kind, destination: destination ?? stores[kind], delivers: { mode: 'yes' } }];
}

/** Whoever runs the instance can alter its database. */
function auditRetention({ kind, days }: LogStore): ValueOf<RegistryFacts['auditRetention']> {
  if (kind !== 'database') {
    throw new Inconclusive(
      `Quay keeps no records itself; how long ${stores[kind]} does is its own matter`,
    );
  }
  return days === null
    ? { mode: 'forever', switchOff: 'possible' }
    : { mode: 'days', days, switchOff: 'possible' };
}
