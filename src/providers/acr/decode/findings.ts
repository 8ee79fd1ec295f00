import {
  DecodeError,
  type JsonObject,
  numberAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { wordIn } from './words.ts';

/** Vulnerabilities that Defender has found in one image. */
export interface Findings {
  readonly critical: number;
  readonly high: number;
}

/**
 * One row per image, severity and state. A healthy row shows that the image was scanned. Assessments of single images are listed since the grouped ones ended
 * on 2026-07-31 (Defender for Cloud, transition-grouped-individual-recommendations).
 */
export const findingsQuery = [
  'securityresources',
  "| where type =~ 'microsoft.security/assessments'",
  "| where properties.metadata.recommendationCategory =~ 'SoftwareUpdate'",
  "| where properties.resourceDetails.ResourceType has '.containerimage'",
  "| where properties.status.code in~ ('Unhealthy', 'Healthy')",
  '| extend image = tolower(tostring(properties.resourceDetails))',
  '| extend severity = tostring(properties.metadata.severity)',
  '| extend state = tostring(properties.status.code)',
  '| summarize found = count() by image, severity, state',
  // Without an order that is unique, pages may repeat rows and leave others out.
  '| order by image asc, severity asc, state asc',
].join(' ');

const severities = ['Critical', 'High', 'Medium', 'Low'] as const;
const digestsIn = /sha256:[0-9a-f]{64}/g;

/** Adds the rows of one page to what is known by digest. */
export function findingsByDigest(rows: readonly JsonObject[]): ReadonlyMap<string, Findings> {
  const byDigest = new Map<string, Findings>();
  for (const row of rows) {
    const state = wordIn(row, 'state', ['Unhealthy', 'Healthy']);
    const severity = state === 'Healthy' ? null : wordIn(row, 'severity', severities);
    const found = numberAt(row, 'found');
    const digests = new Set(stringAt(row, 'image').match(digestsIn));
    if (digests.size === 0) throw new DecodeError('a finding names no image by digest');
    for (const digest of digests) {
      const before = byDigest.get(digest);
      const { critical, high } = before === undefined ? { critical: 0, high: 0 } : before;
      byDigest.set(digest, {
        critical: critical + (severity === 'Critical' ? found : 0),
        high: high + (severity === 'High' ? found : 0),
      });
    }
  }
  return byDigest;
}

/** A page of Resource Graph: its rows, and where the next page begins (undefined: nowhere). */
export function graphPage(raw: unknown): {
  items: readonly JsonObject[];
  next: string | undefined;
} {
  const answer = objectOf(raw, 'the answer');
  const token = answer['$skipToken'];
  const next = typeof token === 'string' && token !== '' ? token : undefined;
  if (next === undefined && wordIn(answer, 'resultTruncated', ['true', 'false']) === 'true') {
    throw new DecodeError('the answer is cut off and names no next page');
  }
  return { items: objectsAt(answer, 'data'), next };
}
