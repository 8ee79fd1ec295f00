import { identity } from '../engine/finding.ts';
import type { FindingSink } from '../engine/scan.ts';
import {
  type Finding,
  type FindingWithoutFingerprint,
  severities,
  type VerdictWord,
} from '../model/finding.ts';
import type { Scratch } from './scratch-file.ts';
import { type OfSubject, type Template, templateStore } from './template-store.ts';

/** Stores any number of findings, ordered by severity, check and subject. */
export interface FindingStore extends FindingSink {
  /** Iterable repeatedly once all findings are added. */
  readonly findings: Iterable<Finding>;
  /** Deletes the temporary file. Idempotent. */
  readonly remove: () => void;
}

export interface FindingStoreOptions {
  readonly wants: ReadonlySet<VerdictWord>;
  /** Whether evidence keeps its values; they differ most, and only some formats print them. */
  readonly values: boolean;
  /** A stable hash in hexadecimal; null: no fingerprints needed. */
  readonly fingerprint: ((text: string) => string) | null;
  readonly scratch: Scratch;
  /** How many distinct templates are held in memory. */
  readonly most?: number;
}

type Subject = Pick<Finding, OfSubject>;

/** The findings of one check of one severity: the number of the template for each subject, by the subject's number. */
interface OfCheck {
  readonly id: string;
  readonly templates: Column;
  /** Most recently used templates first. */
  readonly recent: { readonly number: number; readonly template: Template }[];
}

const mostRecent = 8;

/**
 * A sink for the findings of any number of repositories. Most findings of a check say the same about
 * many repositories, so what they share is kept once and a finding costs two numbers; what is
 * different every time goes to a temporary file. Given up: order as it comes, so a subject is sorted once
 * at the end instead of once per finding.
 */
export function findingStore({
  wants,
  values,
  fingerprint,
  scratch,
  most = 2000,
}: FindingStoreOptions): FindingStore {
  const store = templateStore(most, scratch);
  const subjects: Subject[] = [];
  const bySeverity = new Map(severities.map((severity) => [severity, new Map<string, OfCheck>()]));
  let order: readonly number[] = [];
  return {
    wants: (verdict) => wants.has(verdict),
    add(finding) {
      const { check: id, severity, registry, subject, repository, provider, owner } = finding;
      if (subjects.at(-1)?.subject !== subject)
        subjects.push({ registry, subject, repository, provider, owner });
      const byCheck = bySeverity.get(severity);
      const check = byCheck?.get(id) ?? { id, templates: column(), recent: [] };
      byCheck?.set(id, check);
      check.templates.set(
        subjects.length - 1,
        templateOf(values ? finding : withoutValues(finding), check, store.add),
      );
    },
    findings: {
      *[Symbol.iterator]() {
        if (order.length !== subjects.length) order = sorted(subjects);
        for (const check of [...bySeverity.values()].flatMap(byId)) {
          for (const index of order) {
            const about = subjects[index];
            const number = check.templates.at(index);
            if (about !== undefined && number >= 0)
              yield finding(store.get(number), about, fingerprint);
          }
        }
      },
    },
    remove: store.remove,
  };
}

/** The template number of a finding: a recent one, or a new one. */
function templateOf(
  finding: FindingWithoutFingerprint,
  { recent }: OfCheck,
  add: (template: Template) => number,
): number {
  const index = recent.findIndex(({ template }) => alike(template, finding));
  const found = recent[index];
  if (index === 0 && found !== undefined) return found.number;
  if (found !== undefined) recent.splice(index, 1);
  const template = found?.template ?? withoutSubject(finding);
  const number = found?.number ?? add(template);
  recent.unshift({ number, template });
  if (recent.length > mostRecent) recent.pop();
  return number;
}

function withoutValues(finding: FindingWithoutFingerprint): FindingWithoutFingerprint {
  const evidence = finding.evidence.map(({ fact, operation, field }) => {
    return { fact, operation, field, value: null };
  });
  return { ...finding, evidence };
}

function withoutSubject(finding: FindingWithoutFingerprint): Template {
  const { check, verdict, severity, message, evidence } = finding;
  const { blocked, missing, byHand, suppression } = finding;
  return { check, verdict, severity, message, evidence, blocked, missing, byHand, suppression };
}

function alike(a: Template, b: Template): boolean {
  return (
    a.message === b.message &&
    a.verdict === b.verdict &&
    same(a.suppression, b.suppression) &&
    same(a.evidence, b.evidence) &&
    same(a.blocked, b.blocked) &&
    same(a.missing, b.missing) &&
    same(a.byHand, b.byHand)
  );
}

function finding(
  template: Template,
  { registry, repository, subject, provider, owner }: Subject,
  fingerprint: FindingStoreOptions['fingerprint'],
): Finding {
  const { check, verdict, severity, message } = template;
  const { evidence, blocked, missing, byHand, suppression } = template;
  return {
    check,
    provider,
    registry,
    repository,
    subject,
    owner,
    verdict,
    severity,
    message,
    evidence,
    blocked,
    missing,
    byHand,
    suppression,
    // Computed when it is read: some reports print few of the findings that they go through.
    get fingerprint() {
      return fingerprint === null ? '' : fingerprint(identity(check, subject));
    },
  };
}

/** Subject numbers by name. */
function sorted(subjects: readonly Subject[]): number[] {
  const names = subjects.map(({ subject }) => subject);
  return names.map((_, index) => index).sort((a, b) => compare(names[a] ?? '', names[b] ?? ''));
}

function byId(checks: ReadonlyMap<string, OfCheck>): OfCheck[] {
  return [...checks.values()].sort((a, b) => compare(a.id, b.id));
}

/** Numbers by index, four bytes each; -1: none. */
interface Column {
  readonly at: (index: number) => number;
  readonly set: (index: number, value: number) => void;
}

function column(): Column {
  let numbers = new Int32Array(0);
  return {
    at: (index) => numbers[index] ?? -1,
    set(index, value) {
      if (index >= numbers.length) {
        const longer = new Int32Array(2 * index + 16).fill(-1);
        longer.set(numbers);
        numbers = longer;
      }
      numbers[index] = value;
    },
  };
}

/** By code unit, so that the order does not depend on the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Deep equality of plain data; stops at the first difference. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  let left = 0;
  for (const key in a) {
    left += 1;
    if (!same(a[key], b[key])) return false;
  }
  for (const _ in b) left -= 1;
  return left === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
