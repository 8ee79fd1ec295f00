import {
  booleanAt,
  enumAt,
  groupsOf,
  type JsonObject,
  maybeObjects,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

export type ScanType = 'BASIC' | 'ENHANCED' | 'unavailable';
export type Frequency = 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL';
const frequencies = ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN', 'MANUAL'] as const;

export interface ScanningRegistry {
  readonly type: ScanType;
  /** Whether a rule scans every repository on push or continuously. */
  readonly everyPush: boolean;
}

/**
 * GetRegistryScanningConfiguration. Null: "this feature is disabled", the region has no scanning
 * settings. A filter without `*` is a substring, with `*` an anchored pattern; so `*` alone, or several
 * stars, match every name (ECR user guide, image-scanning-filters).
 */
export function scanningRegistry(raw: unknown): ScanningRegistry {
  if (raw === null) return { type: 'unavailable', everyPush: false };
  const configuration = objectAt(objectOf(raw, 'the answer'), 'scanningConfiguration');
  const type = enumAt(configuration, 'scanType', ['BASIC', 'ENHANCED']);
  const everyPush = maybeObjects(configuration, 'rules').some((rule) => {
    const frequency = enumAt(rule, 'scanFrequency', frequencies);
    const filters = objectsAt(rule, 'repositoryFilters').map((filter) => {
      enumAt(filter, 'filterType', ['WILDCARD']);
      return stringAt(filter, 'filter');
    });
    return frequency !== 'MANUAL' && filters.some((filter) => /^\*+$/.test(filter));
  });
  return { type, everyPush };
}

export interface EffectiveScan {
  readonly repository: string;
  readonly frequency: Frequency;
  /** The old flag of the repository itself, which only basic scanning still heeds. */
  readonly ownFlag: boolean;
}

/** One entry of BatchGetRepositoryScanningConfiguration: what AWS itself works out for a repository. */
export function effectiveScan(entry: JsonObject): EffectiveScan {
  return {
    repository: stringAt(entry, 'repositoryName'),
    frequency: enumAt(entry, 'scanFrequency', frequencies),
    ownFlag: booleanAt(entry, 'scanOnPush'),
  };
}

const inspectorStates = [
  'ENABLED',
  'ENABLING',
  'DISABLED',
  'DISABLING',
  'SUSPENDED',
  'SUSPENDING',
] as const;
export type InspectorState = (typeof inspectorStates)[number];
/** Inspector is asked only where the registry says that it scans. */
export type Inspector = InspectorState | 'not asked';

/** BatchGetAccountStatus for the caller's own account: the state of Inspector's ECR scanning. */
export function inspectorState(account: string): (raw: unknown) => InspectorState {
  return (raw) => {
    const answer = objectOf(raw, 'the answer');
    const own = objectsAt(answer, 'accounts').find(
      (entry) => stringAt(entry, 'accountId') === account,
    );
    if (own === undefined) throw new Error(`accounts has no entry for ${account}`);
    return enumAt(objectAt(objectAt(own, 'resourceState'), 'ecr'), 'status', inspectorStates);
  };
}

/** GetConfiguration: for how many days after the push Inspector scans an image again; null: for ever. */
export function rescanDays(raw: unknown): number | null {
  const state = objectAt(
    objectAt(objectOf(raw, 'the answer'), 'ecrConfiguration'),
    'rescanDurationState',
  );
  const word = stringAt(state, 'rescanDuration');
  if (word === 'LIFETIME') return null;
  const [days] = groupsOf(/^DAYS_(\d{1,4})$/, word);
  if (days === undefined)
    throw new Error(`rescanDuration is "${word}", expected LIFETIME or DAYS_n`);
  return Number(days);
}

type PushScan =
  | { mode: 'on'; engine: string; trigger: 'push' | 'continuous' }
  | { mode: 'off'; why: string };

/** The effective push scan: AWS's own answer, the registry's scan type and Inspector's state joined. */
export function pushScan(
  type: ScanType,
  { frequency, ownFlag }: EffectiveScan,
  inspector: Inspector,
): PushScan {
  switch (type) {
    case 'unavailable':
      return { mode: 'off', why: 'scanning is not available in this region' };
    case 'BASIC':
      if (frequency === 'MANUAL' && !ownFlag)
        return { mode: 'off', why: 'no registry scanning rule covers it (basic scanning, manual)' };
      return { mode: 'on', engine: 'basic scanning', trigger: 'push' };
    case 'ENHANCED':
      if (inspector !== 'ENABLED')
        return {
          mode: 'off',
          why: `enhanced scanning is chosen, but Inspector is ${inspector} for ECR`,
        };
      if (frequency === 'MANUAL')
        return { mode: 'off', why: 'no registry scanning rule covers it (enhanced scanning)' };
      return {
        mode: 'on',
        engine: 'Inspector',
        trigger: frequency === 'CONTINUOUS_SCAN' ? 'continuous' : 'push',
      };
  }
}

type Rescan = { mode: 'on'; how: string; days: number | null } | { mode: 'off'; why: string };

export function rescan(
  type: ScanType,
  { frequency }: EffectiveScan,
  inspector: Inspector,
  days: number | null,
): Rescan {
  if (type !== 'ENHANCED')
    return { mode: 'off', why: 'basic scanning looks at an image once, when it is pushed' };
  if (inspector !== 'ENABLED') return { mode: 'off', why: `Inspector is ${inspector} for ECR` };
  if (frequency !== 'CONTINUOUS_SCAN')
    return { mode: 'off', why: 'the scanning rule that covers it does not scan continuously' };
  return { mode: 'on', how: 'Inspector continuous scanning', days };
}
