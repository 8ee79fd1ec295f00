import {
  enumAt,
  instantAt,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  maybeStrings,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { type AttachmentKind, kindOfStatement } from '../../../oci/kinds.ts';
import { Inconclusive, Pending, Unreachable } from '../../facts.ts';

/** What Artifact Analysis knows of one image. */
export interface Occurrence {
  readonly kind: string;
  /** `https://…@sha256:…` */
  readonly resource: string;
  readonly note: string;
  readonly raw: JsonObject;
}

/** Null: the API is off in the project, so there are none. */
export function occurrence(raw: unknown): Occurrence {
  const answer = objectOf(raw, 'an occurrence');
  return {
    kind: stringAt(answer, 'kind'),
    resource: stringAt(answer, 'resourceUri'),
    note: stringAt(answer, 'noteName'),
    raw: answer,
  };
}

/**
 * The kind of a DSSE_ATTESTATION by what it states: of the statement, or of the envelope that holds it
 * (containeranalysis v1, DSSEAttestationOccurrence).
 */
export function kindOfEnvelope({ raw }: Occurrence): AttachmentKind {
  const attestation = objectAt(raw, 'dsseAttestation');
  const statement = maybeObject(attestation, 'statement');
  const stated = statement === null ? null : maybeString(statement, 'predicateType');
  return stated === null ? 'maybe-attestation' : kindOfStatement({ predicateType: stated });
}

/** An ATTESTATION is what is signed and its signatures, of which there may be none. */
export function isProof({ kind, raw }: Occurrence): boolean {
  if (kind !== 'ATTESTATION') return true;
  const attestation = objectAt(raw, 'attestation');
  return ['signatures', 'jwts'].some((key) => maybeObjects(attestation, key).length > 0);
}

/** Regions that did not answer are listed instead of their occurrences (returnPartialSuccess). */
export function allReached(answer: JsonObject): void {
  const missing = maybeStrings(answer, 'unreachable');
  if (missing.length > 0) {
    throw new Unreachable(`${missing.length} regions of Artifact Analysis did not answer`);
  }
}

/**
 * When an image was scanned by a finished scan that is kept up to date, ISO 8601; null: not told. Throws `Inconclusive` for every state
 * in which the findings say nothing (containeranalysis v1, DiscoveryOccurrence).
 */
export function finishedScan(discovery: JsonObject, image: string): string | null {
  const found = objectAt(discovery, 'discovery');
  const status = enumAt(found, 'analysisStatus', [
    'FINISHED_SUCCESS',
    'COMPLETE',
    'PENDING',
    'SCANNING',
    'FINISHED_FAILED',
    'FINISHED_UNSUPPORTED',
    'ANALYSIS_STATUS_UNSPECIFIED',
  ]);
  if (status === 'PENDING' || status === 'SCANNING') {
    throw new Pending(`the scan of ${image} is ${status}`);
  }
  if (status !== 'FINISHED_SUCCESS' && status !== 'COMPLETE') {
    throw new Inconclusive(`the scan of ${image} is ${status}`);
  }
  const kept = enumAt(found, 'continuousAnalysis', [
    'ACTIVE',
    'INACTIVE',
    'CONTINUOUS_ANALYSIS_UNSPECIFIED',
  ]);
  if (kept !== 'ACTIVE') {
    throw new Inconclusive(
      `the findings on ${image} are stale: its continuous analysis is ${kept}`,
    );
  }
  return found['lastScanTime'] === undefined ? null : instantAt(found, 'lastScanTime');
}

export interface SeverityCount {
  readonly resource: string;
  readonly severity: string;
  readonly total: number;
}

/**
 * `vulnerabilitySummary`: one row for each image and severity. The row SEVERITY_UNSPECIFIED is the sum
 * of the others and is left out. No rows: no findings. Rows are of the images that were asked for.
 */
export function severityCounts(
  raw: unknown,
  resources: readonly string[],
): readonly SeverityCount[] {
  const answer = objectOf(raw, 'the summary');
  allReached(answer);
  return maybeObjects(answer, 'counts')
    .map((row) => ({
      resource: enumAt(row, 'resourceUri', resources),
      severity: severityOf(row),
      total: countAt(row, 'totalCount'),
    }))
    .filter(({ severity }) => severity !== 'SEVERITY_UNSPECIFIED');
}

/** proto3 JSON leaves out the word that is the default, and it is the one of the sum. */
function severityOf(row: JsonObject): string {
  if (row['severity'] === undefined) return 'SEVERITY_UNSPECIFIED';
  return enumAt(row, 'severity', [
    'SEVERITY_UNSPECIFIED',
    'MINIMAL',
    'LOW',
    'MEDIUM',
    'HIGH',
    'CRITICAL',
  ]);
}

/** 64-bit numbers are text in JSON. */
function countAt(row: JsonObject, key: string): number {
  const text = stringAt(row, key);
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${key} is no count`);
  return Number(text);
}

/** `services:batchGet`: which of the named APIs are on. */
export function enabledServices(raw: unknown): ReadonlyMap<string, boolean> {
  const services = objectsAt(objectOf(raw, 'the answer'), 'services');
  return new Map(
    services.map((service) => {
      const name = stringAt(service, 'name');
      const state = enumAt(service, 'state', ['ENABLED', 'DISABLED']);
      return [name.slice(name.lastIndexOf('/') + 1), state === 'ENABLED'];
    }),
  );
}
