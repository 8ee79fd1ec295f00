import type { Report } from '../../model/report.ts';
import { handSteps, isGrantable } from '../by-hand.ts';
import { type FirstFix, fixFirst } from '../fix-first.ts';
import { gridLines } from './grid.ts';
import { ownerRows } from './owners.ts';
import { type Page, plural } from './page.ts';
import { registryRows } from './registry-rows.ts';
import { because, callOf, type Gap, gapsOf } from './unknown.ts';

/** Lines of the whole screen, and the most of each part. */
const screen = 40;
const mostFixes = 10;
const mostRegistries = 10;
const mostGaps = 3;
const leastName = 16;

/**
 * What to know first, in at most 40 lines at 80 columns whatever the size of the estate: what to fix first, the
 * worst registries, what needs a grant, and how much to check by hand. `taken`: lines that the caller
 * prints before and after.
 */
export function firstScreenLines(report: Report, page: Page, taken: number): string[] {
  const fixes =
    isUnreached(report) || leavesOutFailures(report)
      ? []
      : fixLines(fixFirst(report), report.summary.fail, page);
  const gaps = gapSection(gapsOf(report.findings), page);
  const steps = handSteps(report.findings).length;
  const byHand =
    steps === 0
      ? []
      : [
          '',
          `${page.mark['not-applicable']} ${plural(steps, 'step')} to check by hand (--details)`,
        ];
  const used = taken + fixes.length + gaps.length + byHand.length;
  return [...fixes, ...registryLines(report, page, screen - used), ...gaps, ...byHand];
}

/** Nothing was read, so that nothing fails says nothing. */
function isUnreached({ registries }: Report): boolean {
  return registries.length > 0 && registries.every(({ reachable }) => !reachable);
}

/** Of a report in part, that no failure is listed says nothing. */
function leavesOutFailures({ only }: Report): boolean {
  return only !== undefined && !only.includes('fail');
}

function fixLines(fixes: readonly FirstFix[], suppressed: number, page: Page): string[] {
  if (fixes.length === 0) return ['', nothingFails(suppressed, page)];
  const shown = fixes.slice(0, mostFixes);
  const widest = Math.max(...shown.map(({ check }) => check.length));
  const rows = shown.map((fix, at) => fixLine(fix, at + 1, widest, page));
  const more = fixes.length - shown.length;
  return [
    '',
    `${page.paint.bold('FIX FIRST')}  why and how: regaudit explain CHECK`,
    ...rows,
    ...(more > 0 ? [page.paint.dim(`   and ${plural(more, 'check')} more (--details)`)] : []),
  ];
}

function nothingFails(suppressed: number, page: Page): string {
  return suppressed === 0
    ? page.verdict('pass', `${page.mark.pass} Nothing fails.`)
    : `${page.mark.fail} Every failure is waived or in the baseline (--details).`;
}

function fixLine(
  { check, severity, count, registries }: FirstFix,
  number: number,
  widest: number,
  page: Page,
): string {
  const label = severity.toUpperCase().padEnd('CRITICAL'.length);
  const head = `${String(number).padStart(2)} ${label}  ${check.padEnd(widest)}  `;
  const [first = ''] = registries;
  const others = registries.length > 1 ? ` and ${registries.length - 1} more` : '';
  const counted = `${count} in ${plural(registries.length, 'registry', 'registries')}`;
  const room = page.width - head.length;
  const forName = room - `${count} in ${others}`.length;
  // A name that is cut to less tells no registry from another.
  const where =
    forName >= leastName
      ? `${count} in ${shortened(page.text(first, 1000), forName, page)}${others}`
      : [counted, String(count)].find((text) => text.length <= room);
  return `${String(number).padStart(2)} ${page.severity(severity, label)}  ${page.paint.bold(page.text(check).padEnd(widest))}  ${where ?? ''}`;
}

function registryLines(report: Report, page: Page, room: number): string[] {
  const owners = ownerRows(report);
  const rows = owners?.rows ?? registryRows(report);
  const fleet = owners === null ? [] : ['', page.text(owners.fleet)];
  // A blank line, the head of the grid, and the line that counts the rest.
  const most = Math.max(1, Math.min(mostRegistries, room - 3 - fleet.length));
  const shown = rows.slice(0, rows.length === most + 1 ? most + 1 : most);
  const widest = page.width - 45;
  const short = shown.map((row) => ({
    ...row,
    name: shortened(page.text(row.name, 1000), widest, page),
  }));
  const more = rows.length - shown.length;
  const counted = owners === null ? plural(more, 'registry', 'registries') : plural(more, 'owner');
  return [
    ...fleet,
    '',
    ...(owners === null
      ? gridLines('REGISTRY', 'REPOSITORIES', short, page)
      : gridLines('OWNER', 'REGISTRIES IN USE', short, page)),
    ...(more > 0 ? [page.paint.dim(`  and ${counted} more (--details)`)] : []),
  ];
}

/** Grants first: they are what the reader can do. */
function gapSection(gaps: readonly Gap[], page: Page): string[] {
  if (gaps.length === 0) return [];
  const grants = gaps.filter(({ blocked }) => isGrantable(blocked));
  const others = gaps.filter(({ blocked }) => !isGrantable(blocked));
  const ordered = [...grants, ...others].sort(
    (a, b) =>
      Number(isGrantable(b.blocked)) - Number(isGrantable(a.blocked)) ||
      b.checks.size - a.checks.size ||
      (a.blocked.operation < b.blocked.operation ? -1 : 1),
  );
  const shown = ordered.slice(0, mostGaps);
  const more = ordered.length - shown.length;
  return [
    '',
    page.paint.bold('UNKNOWN'),
    ...shown.map((gap) => gapLine(gap, page)),
    ...(more > 0 ? [page.paint.dim(`  and ${plural(more, 'reason')} more (--details)`)] : []),
  ];
}

function gapLine({ blocked, checks, registries }: Gap, page: Page): string {
  const { permission, cure, why } = blocked;
  const head =
    cure ?? (isGrantable(blocked) ? `grant ${permission}` : `${callOf(blocked)}: ${because[why]}`);
  const where = registries.size === 1 ? '' : `, ${registries.size} registries`;
  const tail = ` (${plural(checks.size, 'check')}${where})`;
  const mark = page.verdict('unknown', page.mark.unknown);
  const room = Math.max(page.width - 2 - tail.length, 12);
  return `${mark} ${shortened(page.text(head, 1000), room, page)}${tail}`;
}

/** Cut in the middle: the provider and the name are what tells registries apart. */
function shortened(text: string, room: number, { ellipsis }: Page): string {
  if (text.length <= room) return text;
  const head = Math.ceil((room - 1) / 3);
  return `${text.slice(0, head)}${ellipsis}${text.slice(text.length - (room - 1 - head))}`;
}
