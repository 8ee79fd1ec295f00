import {
  type JsonObject,
  maybeObject,
  maybeObjects,
  objectAt,
  stringAt,
} from '../../../decode/fields.ts';
import { maybeWordIn, wordIn } from './words.ts';

/** What Defender for Cloud does for the registries of a subscription. */
export interface Defender {
  /** The plan that scans images; null: none does. */
  readonly scans: string | null;
  /** Why the plan that scans may pass over a registry all the same; null: it scans every one. */
  readonly doubt: string | null;
  /** Why it does not. */
  readonly why: string;
  /** Whether the admission control of gated deployment is installed; the API does not return its rules. */
  readonly gate: boolean;
}

/** Plans that can scan registries; the old plan `ContainerRegistry` is retired and counts for nothing. */
const plans = ['Containers', 'CloudPosture'] as const;
const assessments = 'ContainerRegistriesVulnerabilityAssessments';

/** Reads the entries of Pricings_List. */
export function defender(entries: readonly JsonObject[]): Defender {
  const states = plans.map((plan) => stateOf(entries, plan));
  const on = states.filter(({ scans }) => scans);
  const [scanning] = [...on.filter(({ doubt }) => doubt === null), ...on];
  return {
    scans: scanning === undefined ? null : `Microsoft Defender (plan ${scanning.plan})`,
    doubt: scanning === undefined ? null : scanning.doubt,
    why: states.map(({ plan, why }) => `Defender plan ${plan} ${why}`).join(', '),
    gate: states.some(({ gate }) => gate),
  };
}

interface PlanState {
  readonly plan: string;
  readonly scans: boolean;
  readonly doubt: string | null;
  readonly why: string;
  readonly gate: boolean;
}

const coverages = ['FullyCovered', 'PartiallyCovered', 'NotCovered'] as const;

function stateOf(entries: readonly JsonObject[], plan: string): PlanState {
  const entry = entries.find((one) => stringAt(one, 'name').toLowerCase() === plan.toLowerCase());
  const off = { plan, scans: false, doubt: null, gate: false };
  if (entry === undefined) return { ...off, why: 'is not there' };
  const properties = objectAt(entry, 'properties');
  if (wordIn(properties, 'pricingTier', ['Free', 'Standard']) === 'Free') {
    return { ...off, why: 'is off' };
  }
  // A plan can be off for single resources (Pricings, resourcesCoverageStatus).
  const coverage = maybeWordIn(properties, 'resourcesCoverageStatus', coverages);
  if (coverage === 'NotCovered') return { ...off, why: 'is off for every resource' };
  const extensions = maybeObjects(properties, 'extensions');
  const assessing = extension(extensions, assessments);
  const scans = isOn(assessing);
  return {
    plan,
    scans,
    doubt: scans ? doubtOf(plan, coverage, assessing) : null,
    why: scans ? '' : 'is on without its assessments of registry images',
    gate: gateOf(extension(extensions, 'ContainerSensor')),
  };
}

function doubtOf(
  plan: string,
  coverage: (typeof coverages)[number] | null,
  assessing: JsonObject | null,
): string | null {
  if (coverage === 'PartiallyCovered') {
    return `Defender plan ${plan} is off for some resources, and the API does not list which`;
  }
  const status = assessing === null ? null : maybeObject(assessing, 'operationStatus');
  if (status === null || wordIn(status, 'code', ['Succeeded', 'Failed']) === 'Succeeded')
    return null;
  return `Defender plan ${plan} says that switching its assessments of registry images failed`;
}

function extension(extensions: readonly JsonObject[], name: string): JsonObject | null {
  const found = extensions.find((one) => stringAt(one, 'name') === name);
  return found === undefined ? null : found;
}

function isOn(one: JsonObject | null): boolean {
  return one !== null && wordIn(one, 'isEnabled', ['True', 'False']) === 'True';
}

function gateOf(sensor: JsonObject | null): boolean {
  if (sensor === null || !isOn(sensor)) return false;
  const more = maybeObject(sensor, 'additionalExtensionProperties');
  if (more === null || more['SecurityGatingEnabled'] === undefined) return false;
  return wordIn(more, 'SecurityGatingEnabled', ['True', 'False']) === 'True';
}
