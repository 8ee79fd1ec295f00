import { Chalk, type ChalkInstance } from 'chalk';
import type { Severity, VerdictWord } from '../../model/finding.ts';
import type { ReporterOptions } from '../reporter.ts';
import { safeText } from '../safe-text.ts';

/** The terminal properties that every part of the table needs. */
export interface Page {
  readonly width: number;
  readonly verbose: boolean;
  readonly paint: ChalkInstance;
  readonly mark: Readonly<Record<VerdictWord, string>>;
  /** Makes untrusted text printable. */
  /** Stands for what is left out of a name. */
  readonly ellipsis: string;
  readonly text: (text: string, most?: number) => string;
  readonly verdict: (verdict: VerdictWord, text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

export function pageFor({ color, width, verbose, unicode = true }: ReporterOptions): Page {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const verdicts: Record<VerdictWord, ChalkInstance> = {
    fail: paint.red,
    unknown: paint.magenta,
    pass: paint.green,
    'not-applicable': paint.dim,
  };
  const severities: Record<Severity, ChalkInstance> = {
    critical: paint.bold.red,
    high: paint.red,
    medium: paint.yellow,
    low: paint.reset,
  };
  return {
    width: Math.max(width, 60),
    verbose: verbose > 0,
    paint,
    mark: unicode
      ? { fail: '✗', unknown: '?', pass: '✓', 'not-applicable': '–' }
      : { fail: 'x', unknown: '?', pass: '+', 'not-applicable': '-' },
    ellipsis: unicode ? '…' : '~',
    text: (text, most) => safeText(text, most, unicode),
    verdict: (verdict, text) => verdicts[verdict](text),
    severity: (severity, text) => severities[severity](text),
  };
}

/** Wraps a text at spaces. Only a line with one long word is wider than `width`. */
export function wrap(text: string, width: number, indent: string, hanging = indent): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = width - (lines.length === 0 ? indent : hanging).length;
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push((lines.length === 0 ? indent : hanging) + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push((lines.length === 0 ? indent : hanging) + line);
  return lines;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
