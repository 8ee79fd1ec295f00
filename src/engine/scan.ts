import type { Derivation } from '../model/derivation.ts';
import type { DeclaredExpectations, Expectations } from '../model/expectations.ts';
import { type AnyFact, reasonsOf } from '../model/fact.ts';
import type { FindingWithoutFingerprint, Verdict, VerdictWord } from '../model/finding.ts';
import type { OwnerOf, Policy } from '../model/policy.ts';
import type { RegistryCounts, ScanSummary } from '../model/scan-summary.ts';
import type { RegistryEnd, RegistryLine, SnapshotLine } from '../model/snapshot.ts';
import type { AnyCheck } from './check.ts';
import {
  count,
  countDecided,
  countOutcome,
  noneActive,
  noneOfAny,
  noVerdicts,
  sharedCoverage,
} from './counts.ts';
import { defaultsWithDerived, withDerived } from './derive.ts';
import { block, evaluate } from './evaluate.ts';
import { type Subject, toFinding } from './finding.ts';

export interface ScanOptions {
  readonly checks: readonly AnyCheck[];
  readonly expected: DeclaredExpectations;
  /** Facts that follow from collected ones and from what is declared. */
  readonly derivations: readonly Derivation[];
  readonly sink: FindingSink;
  /** Absent: every check runs for every subject, and every finding is active. */
  readonly policy?: Policy;
  /** Who owns a subject; absent: nobody is named. */
  readonly owner?: OwnerOf;
  readonly onCrash: (check: string, error: unknown) => void;
}

/** Receives findings. Those it does not want are only counted. */
export interface FindingSink {
  readonly wants: (verdict: VerdictWord) => boolean;
  readonly add: (finding: FindingWithoutFingerprint) => void;
}

/**
 * Evaluates snapshot lines in a single pass: each line is evaluated on arrival and released. In: lines from
 * live registries or a snapshot. Out: the counts; the findings go to the sink. If the stream ends before a
 * registry's end line, that registry's list is incomplete.
 */
export async function evaluateLines(
  lines: AsyncIterable<SnapshotLine> | Iterable<SnapshotLine>,
  options: ScanOptions,
): Promise<ScanSummary> {
  const registries = new Map<string, OpenRegistry>();
  const verdicts = new Map(options.checks.map((check) => [check.id, noVerdicts()]));
  const bySubject = (subject: string) =>
    options.checks.filter((check) => check.subject === subject);
  const registryChecks = bySubject('registry');
  const repositoryChecks = bySubject('repository');

  const active = noneActive();
  const shared = sharedCoverage();
  const { sink, policy, derivations, owner = () => null } = options;
  const expectedOf = (subject: Subject, now: string): Expectations => {
    return { ...options.expected, now, repository: subject.repository ?? '' };
  };
  const settle = (check: AnyCheck, subject: Subject, verdict: Verdict, expected: Expectations) => {
    const word = verdict.verdict;
    const byHand = 'byHand' in verdict;
    const wanted = sink.wants(word) || byHand;
    const decides = word === 'fail' || word === 'unknown';
    const described = wanted || decides ? toFinding(check, subject, verdict) : null;
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
  const evaluateAll = (
    checks: readonly AnyCheck[],
    subject: Subject,
    facts: Facts,
    now: string,
  ) => {
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
    judgeList(open);
    // An organisation has thousands of registries, most of which are empty and alike.
    open.summary.coverage = shared(open.summary.coverage);
    Object.assign(open, { facts: {}, repositoryDefaults: {} });
  };
  const judgeList = (open: OpenRegistry) => {
    const listVerdict = verdictWithoutRepositories(open.summary);
    if (listVerdict === null) return;
    const subject = open.subject;
    const unknowns = new Set<string | null>();
    for (const check of repositoryChecks) {
      if (!runs(check, subject)) continue;
      const verdict = neverApplies(check, open.repositoryDefaults) ?? listVerdict;
      const suppression = settle(check, subject, verdict, expectedOf(subject, open.now));
      if (verdict.verdict === 'unknown') unknowns.add(suppression);
    }
    open.summary.listingAccepted = unknowns.size === 1 && unknowns.has('accepted');
  };

  for await (const line of lines) {
    switch (line.kind) {
      case 'registry': {
        const open = begin(line, derivations, owner);
        registries.set(line.registry, open);
        evaluateAll(registryChecks, open.subject, registryFacts(line, registryChecks), open.now);
        break;
      }
      case 'repository': {
        const open = registries.get(line.registry);
        if (open === undefined) throw new Error(`no registry line before ${line.registry}`);
        open.summary.judged += 1;
        const place = { registry: line.registry, repository: line.name };
        const subject = {
          ...place,
          provider: open.subject.provider,
          owner: owner(place, [line.facts, open.facts]),
        };
        const about = { ...subject, repository: line.name, now: open.now };
        const facts = withDerived(line.facts, derivations, about);
        evaluateAll(repositoryChecks, subject, facts, open.now);
        break;
      }
      case 'end':
        end(line);
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
  readonly subject: Subject;
  readonly facts: Facts;
  readonly now: string;
  readonly repositoryDefaults: Facts;
  readonly summary: RegistryCounts;
}

const cutShort = {
  state: 'unknown',
  why: 'not-collected',
  from: { operation: 'none', detail: 'the scan of this registry ended early' },
} as const;

function begin(
  line: RegistryLine,
  derivations: readonly Derivation[],
  owner: OwnerOf,
): OpenRegistry {
  const summary = {
    id: line.registry,
    provider: line.provider,
    reachable: line.unreachable === null,
    takenAt: line.takenAt,
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
  const { registry, provider, takenAt, facts } = line;
  const repositoryDefaults = defaultsWithDerived(line.repositoryDefaults, derivations);
  const place = { registry, repository: null };
  const subject = { ...place, provider, owner: owner(place, [facts]) };
  return { subject, facts, now: takenAt, repositoryDefaults, summary };
}

/** Not applicable if every repository of this registry lacks a needed fact; null: it depends on the repository. */
function neverApplies(check: AnyCheck, repositoryDefaults: Facts): Verdict | null {
  const notes = check.needs.flatMap((name) => {
    const fact = repositoryDefaults[name];
    return fact?.state === 'unsupported' ? [fact.note] : [];
  });
  return notes.length === 0 ? null : { verdict: 'not-applicable', notes };
}

/** For an unreachable registry, every fact has the same reason, except facts that its platform lacks. */
function registryFacts(line: RegistryLine, checks: readonly AnyCheck[]): Facts {
  const { unreachable, facts } = line;
  if (unreachable === null) return facts;
  const reasonOr = (name: string) => {
    const fact = facts[name];
    return fact?.state === 'unsupported' ? fact : unreachable;
  };
  return Object.fromEntries(
    checks.flatMap(({ needs }) => needs.map((name) => [name, reasonOr(name)])),
  );
}

/** The verdict of every repository check for a registry without scanned repositories; null: there are some. */
function verdictWithoutRepositories({ listing, judged }: RegistryCounts): Verdict | null {
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
            ? 'the registry has no repositories'
            : 'no repository was selected',
        ],
      };
  }
}
