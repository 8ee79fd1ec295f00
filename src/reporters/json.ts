import type { Report } from '../model/report.ts';
import { safeJson } from './safe-text.ts';

/** The report as its JSON document (`model/report-schema.ts`), one finding per line. */
export function* renderJson(report: Report): Generator<string> {
  const { findings, ...rest } = report;
  yield safeJson(rest, 2).slice(0, -'\n}'.length);
  yield ',\n  "findings": [';
  let separator = '\n    ';
  for (const finding of findings) {
    yield separator + safeJson(finding);
    separator = ',\n    ';
  }
  yield separator.startsWith(',') ? '\n  ]\n}\n' : ']\n}\n';
}
