import type { DeclaredExpectations, Expectations } from '../model/expectations.ts';
import { type AnyFact, reasonsOf } from '../model/fact.ts';
import type { FindingWithoutFingerprint, Verdict, VerdictWord } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { RegistryCounts, ScanSummary } from '../model/scan-summary.ts';
import type { RegistryEnd, RegistryLine, SnapshotLine } from '../model/snapshot.ts';
import type { AnyCheck } from './check.ts';
import { count, countDecided, countOutcome, noneActive, noneOfAny, noVerdicts } from './counts.ts';
import { block, evaluate } from './evaluate.ts';
import { describe, type Subject } from './finding.ts';

export interface ScanOptions {
  readonly checks: readonly AnyCheck[];
  readonly expected: DeclaredExpectations;
  readonly sink: FindingSink;
  /** Absent: every check judges every subject, and every finding is active. */
  readonly policy?: Policy;
  readonly onCrash: (check: string, error: unknown) => void;
}

/** Where findings go. What it does not want is only counted. */
export interface FindingSink {
  readonly wants: (verdict: VerdictWord) => boolean;
  readonly add: (finding: FindingWithoutFingerprint) => void;
}

/**
 * The single pass: each reading is judged when it comes and let go. In: readings, from the network or
 * a snapshot. Out: the counts; the findings went to the sink. A stream that ends before a registry's
 * end line leaves that registry's list incomplete.
 */
export async function judge(
  readings: AsyncIterable<SnapshotLine> | Iterable<SnapshotLine>,
  options: ScanOptions,
): Promise<ScanSummary> {
  const registries = new Map<string, OpenRegistry>();
  const verdicts = new Map(options.checks.map((check) => [check.id, noVerdicts()]));
  const bySubject = (subject: string) =>
    options.checks.filter((check) => check.subject === subject);
  const registryChecks = bySubject('registry');
  const repositoryChecks = bySubject('repository');

  const active = noneActive();
  const { sink, policy } = options;
  const expectedOf = (subject: Subject, now: string): Expectations => {
    return { ...options.expected, now, repository: subject.repository ?? '' };
  };
  const settle = (check: AnyCheck, subject: Subject, verdict: Verdict, expected: Expectations) => {
    const word = verdict.verdict;
    const byHand = 'byHand' in verdict;
    const wanted = sink.wants(word) || byHand;
    const decides = word === 'fail' || word === 'unknown';
    const described = wanted || decides ? describe(check, subject, verdict) : null;
    const finding =
      described === null || policy === undefined
        ? described
        : policy.label(described, verdict, expected);
    const registry = registries.get(subject.registry)?.summary;
    count(word, finding, [verdicts.get(check.id), registry?.verdicts], active);
    if (registry !== undefined) {
      const accepted = finding?.suppression?.kind === 'accepted';
      countDecided(registry, word, finding?.severity ?? check.severity, accepted);
      countOutcome(registry, check.id, word, finding);
    }
    if (finding !== null && wanted) sink.add(finding);
    return finding?.suppression?.kind ?? null;
  };
  const runs = ({ id }: AnyCheck, { registry, repository }: Subject) =>
    policy === undefined || policy.runs(id, registry, repository);
  const judgeAll = (checks: readonly AnyCheck[], subject: Subject, facts: Facts, now: string) => {
    const expected = expectedOf(subject, now);
    for (const check of checks) {
      if (runs(check, subject)) {
        settle(check, subject, evaluate(check, facts, expected, options.onCrash), expected);
      }
    }
  };
  const end = ({ registry, listing, calls }: Omit<RegistryEnd, 'kind'>) => {
    const open = registries.get(registry);
    if (open === undefined || open.summary.ended) return;
    Object.assign(open.summary, { ended: true, listing, calls });
    const instead = insteadOfRepositories(open.summary);
    if (instead === null) return;
    const subject = { provider: open.provider, registry, repository: null };
    const unknowns = new Set<string | null>();
    for (const check of repositoryChecks) {
      if (!runs(check, subject)) continue;
      const verdict = neverApplies(check, open.repositoryDefaults) ?? instead;
      const suppression = settle(check, subject, verdict, expectedOf(subject, open.now));
      if (verdict.verdict === 'unknown') unknowns.add(suppression);
    }
    open.summary.listingAccepted = unknowns.size === 1 && unknowns.has('accepted');
  };

  for await (const reading of readings) {
    switch (reading.kind) {
      case 'registry': {
        const open = begin(reading);
        registries.set(reading.registry, open);
        const subject = {
          provider: reading.provider,
          registry: reading.registry,
          repository: null,
        };
        judgeAll(registryChecks, subject, registryFacts(reading, registryChecks), open.now);
        break;
      }
      case 'repository': {
        const open = registries.get(reading.registry);
        if (open === undefined) throw new Error(`${reading.registry} has not begun`);
        open.summary.judged += 1;
        const subject = {
          provider: open.provider,
          registry: reading.registry,
          repository: reading.name,
        };
        judgeAll(repositoryChecks, subject, reading.facts, open.now);
        break;
      }
      case 'end':
        end(reading);
        break;
    }
  }
  for (const registry of registries.keys()) end({ registry, listing: cutShort, calls: 0 });
  return {
    checks: verdicts,
    active,
    registries: [...registries.values()].map(({ summary }) => summary),
  };
}

type Facts = Readonly<Record<string, AnyFact>>;

interface OpenRegistry {
  readonly provider: string;
  readonly now: string;
  readonly repositoryDefaults: Facts;
  readonly summary: RegistryCounts;
}

const cutShort = {
  state: 'unknown',
  why: 'not-collected',
  from: { operation: 'none', detail: 'the reading of this registry stopped before its end' },
} as const;

function begin(reading: RegistryLine): OpenRegistry {
  const summary = {
    id: reading.registry,
    provider: reading.provider,
    reachable: reading.unreachable === null,
    takenAt: reading.takenAt,
    judged: 0,
    ended: false,
    listing: cutShort,
    listingAccepted: false,
    calls: 0,
    verdicts: noVerdicts(),
    ran: noneOfAny(),
    decided: noneOfAny(),
    coverage: new Map(),
  };
  const { provider, takenAt, repositoryDefaults } = reading;
  return { provider, now: takenAt, repositoryDefaults, summary };
}

/** A check that no repository of this registry can ever be judged by, list or no list. */
function neverApplies(check: AnyCheck, repositoryDefaults: Facts): Verdict | null {
  const notes = check.needs.flatMap((name) => {
    const fact = repositoryDefaults[name];
    return fact?.state === 'unsupported' ? [fact.note] : [];
  });
  return notes.length === 0 ? null : { verdict: 'not-applicable', notes };
}

/** An unreachable registry has one reason for every fact but for what its platform cannot have. */
function registryFacts(reading: RegistryLine, checks: readonly AnyCheck[]): Facts {
  const { unreachable, facts } = reading;
  if (unreachable === null) return facts;
  const reasonOr = (name: string) => {
    const fact = facts[name];
    return fact?.state === 'unsupported' ? fact : unreachable;
  };
  return Object.fromEntries(
    checks.flatMap(({ needs }) => needs.map((name) => [name, reasonOr(name)])),
  );
}

/** What every repository check says once for the registry when there was no repository to judge. */
function insteadOfRepositories({ listing, judged }: RegistryCounts): Verdict | null {
  switch (listing.state) {
    case 'unknown':
      return {
        verdict: 'unknown',
        blocked: reasonsOf([listing]).map((reason) => block('repositories', reason)),
      };
    case 'unsupported':
      return { verdict: 'not-applicable', notes: [listing.note] };
    case 'known':
      if (judged > 0) return null;
      return {
        verdict: 'not-applicable',
        notes: [
          listing.value.repositories === 0
            ? 'the registry holds no repositories'
            : 'no repository was asked for',
        ],
      };
  }
}
