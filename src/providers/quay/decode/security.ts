import {
  enumAt,
  type JsonObject,
  maybeObject,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { Pending } from '../../facts.ts';

export type ScanResult =
  | { readonly mode: 'finished'; readonly critical: number; readonly high: number }
  | { readonly mode: 'missing' };

const statuses = [
  'scanned',
  'queued',
  'failed',
  'unsupported',
  'manifest_layer_too_large',
] as const;
const severities = ['Unknown', 'Negligible', 'Low', 'Medium', 'High', 'Critical'] as const;

/** What the scanner knows of one manifest. Throws `Pending` while it has not got to it. */
export function scanResult(raw: unknown): ScanResult {
  const answer = objectOf(raw, 'the scan');
  switch (enumAt(answer, 'status', statuses)) {
    case 'queued':
      throw new Pending('the image is waiting for its scan');
    case 'failed':
    case 'unsupported':
    case 'manifest_layer_too_large':
      return { mode: 'missing' };
    case 'scanned':
      return { mode: 'finished', ...counted(objectAt(objectAt(answer, 'data'), 'Layer')) };
  }
}

function counted(layer: JsonObject): { readonly critical: number; readonly high: number } {
  const found = objectsAt(layer, 'Features').flatMap((feature) =>
    // A package without findings may have null there.
    feature['Vulnerabilities'] === null
      ? []
      : objectsAt(feature, 'Vulnerabilities').map(severityOf),
  );
  const count = (severity: string) => found.filter((one) => one === severity).length;
  return { critical: count('Critical'), high: count('High') };
}

/**
 * Quay makes a severity out of the score where the scanner has none, and a score of exactly 10 falls through
 * (util/secscan/__init__.py, get_priority_from_cvssscore).
 */
function severityOf(vulnerability: JsonObject): (typeof severities)[number] {
  stringAt(vulnerability, 'Name');
  const severity = enumAt(vulnerability, 'Severity', severities);
  if (severity !== 'Unknown') return severity;
  const score = scoreOf(vulnerability);
  if (score >= 9) return 'Critical';
  return score >= 7 ? 'High' : severity;
}

function scoreOf(vulnerability: JsonObject): number {
  const metadata = maybeObject(vulnerability, 'Metadata');
  const nvd = metadata === null ? null : maybeObject(metadata, 'NVD');
  const cvss = nvd === null ? null : maybeObject(nvd, 'CVSSv3');
  // Quay writes an empty text where there is no score.
  return cvss === null || cvss['Score'] === '' ? 0 : numberAt(cvss, 'Score');
}
