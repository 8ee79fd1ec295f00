import type { Config } from '../config/config.ts';
import { defaults, entryOf, type RegistryEntry } from '../config/schema.ts';
import { didYouMean } from '../config/suggest.ts';
import type { AnyCheck } from '../engine/check.ts';
import type { Derivation } from '../model/derivation.ts';
import type { Owned, PlacedException } from '../model/exception.ts';
import { type DeclaredExpectations, nothingDeclared } from '../model/expectations.ts';
import { type Severity, severities } from '../model/finding.ts';
import { type Profile, profiles } from '../model/profile.ts';
import { UsageError } from '../model/usage-error.ts';
import type { CheckSettings } from '../policy/check-rules.ts';
import { stances } from '../policy/profiles.ts';
import type { ClientCertificate } from '../providers/contract.ts';
import { certificates, clientCertificate } from './certificates.ts';
import type { CommandContext } from './command-context.ts';
import { derivationsOf } from './derivations.ts';
import type { Flags } from './flags.ts';
import { selectChecks } from './select-checks.ts';
import type { Providers } from './targets.ts';

/** The settings of a run: flags, environment and configuration joined. */
export interface Settings {
  /** The configuration that `entries` come from, if it was found and not named. */
  readonly found: string | null;
  readonly entries: readonly RegistryEntry[];
  readonly checks: readonly AnyCheck[];
  readonly expected: DeclaredExpectations;
  /** Facts that follow from what is collected and from the declared signers. */
  readonly derivations: readonly Derivation[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly concurrency: number | undefined;
  /** Most calls in flight for all registries together. */
  readonly concurrencyTotal: number;
  /** After so many calls the run ends; undefined: never. */
  readonly maxCalls: number | undefined;
  /** Time limit of the run in seconds. */
  readonly timeout: number | undefined;
  /** Time limit in seconds: for opening a target, and again for each registry. */
  readonly registryTimeout: number | undefined;
  /** A file of PEM certificates to trust besides the system's. */
  readonly caFile: string | undefined;
  /** Files of a certificate and its key, for registries that require one. */
  readonly clientCertificate: ClientCertificate | undefined;
  readonly newest: number;
  readonly mayPull: boolean;
  /** Which registries are looked at without credentials as well. */
  readonly probe: 'none' | 'this-machine' | 'all';
  readonly failOn: Severity | 'none';
  /** Whether what has to be checked by hand closes the gate. */
  readonly strict: boolean;
  readonly profile: Profile;
  /** Check settings of the configuration, already applied to `checks`. */
  readonly checkSettings: CheckSettings;
  readonly waivers: readonly PlacedException[];
  readonly acceptUnknown: readonly PlacedException[];
  readonly owners: readonly Owned[];
  readonly ownerTag: string | undefined;
  /** Reports of the configuration. */
  readonly reports: NonNullable<Config['reports']>;
  /** All input files; outputs must not overwrite them. */
  readonly reads: readonly string[];
}

export interface Catalogue {
  readonly checks: readonly AnyCheck[];
  readonly providers: Providers;
}

/** Reads the configuration, if any, and applies the flags. */
export async function settingsOf(
  context: CommandContext,
  { checks, providers }: Catalogue,
): Promise<Settings> {
  const { flags } = context;
  const reads: string[] = [];
  const { config, found } = await configOf(context, { checks, providers }, (file) =>
    reads.push(file),
  );
  const profile = flags.choice('profile', profiles) ?? config.profile ?? defaults.profile;
  const checkSettings = config.checks ?? {};
  const custom = await customOf(checks, context, config);
  const all = [...checks, ...custom.checks];
  const entries = (config.registries ?? []).map(entryOf);
  const caFile = flags.text('caFile') ?? config.caFile;
  if (found !== null && caFile !== undefined && flags.text('caFile') === undefined) {
    throw new UsageError(
      `${found} was found, not named, and would have the certificates of ${caFile} trusted`,
      `read it, then name it: -c ${found}`,
    );
  }
  const client = await clientCertificate(context);
  reads.push(
    ...custom.files,
    ...(caFile === undefined ? [] : [caFile]),
    ...(client === undefined ? [] : [client.certFile, client.keyFile]),
    ...entries.flatMap(filesIn),
  );
  return {
    found,
    entries,
    checks: selectChecks(all, {
      only: flags.list('check') ?? [],
      skip: flags.list('skipCheck') ?? [],
      profile,
      settings: checkSettings,
    }),
    expected: { ...nothingDeclared, ...config.expect },
    derivations: await derivationsOf(config.trust, providers),
    include: flags.list('include') ?? config.include ?? [],
    exclude: flags.list('exclude') ?? config.exclude ?? [],
    concurrency: flags.whole('concurrency', 1, 1000) ?? config.concurrency,
    concurrencyTotal: flags.whole('concurrencyTotal', 1, 1000) ?? defaults.concurrencyTotal,
    maxCalls: flags.whole('maxCalls', 1, 999_999_999),
    timeout: flags.whole('timeout', 1, 604_800) ?? config.timeout,
    registryTimeout: flags.whole('registryTimeout', 1, 604_800) ?? config.registryTimeout,
    caFile: await certificates(caFile, context),
    clientCertificate: client,
    newest: config.images?.newest ?? defaults.newest,
    mayPull: config.images?.mayPull ?? defaults.mayPull,
    probe: flags.on('probe') || config.probe === true ? 'all' : 'none',
    failOn:
      flags.choice('failOn', [...severities, 'none']) ?? config.failOn ?? stances[profile].failOn,
    strict: flags.on('strict') || profile === 'strict',
    profile,
    checkSettings,
    waivers: config.waivers ?? [],
    acceptUnknown: config.acceptUnknown ?? [],
    owners: config.owners ?? [],
    ownerTag: config.ownerTag,
    reports: config.reports ?? [],
    reads,
  };
}

async function configOf(
  { flags, log, environment, cwd, now, reading }: CommandContext,
  { checks, providers }: Catalogue,
  onRead: (file: string) => void,
): Promise<{ readonly config: Config; readonly found: string | null }> {
  if (flags.off('config')) return { config: {}, found: null };
  const named = flags.text('config');
  const file = named ?? (await discovered(cwd));
  if (file === null) return { config: {}, found: null };
  const [{ loadConfig }, { reporters }] = await Promise.all([
    import('../config/load.ts'),
    import('../reporters/reporters.ts'),
  ]);
  const config = await loadConfig(
    file,
    { checks: checks.map(({ id }) => id), providers, formats: Object.keys(reporters) },
    { environment, now: now(), cwd, onRead, reading, found: named === undefined },
  );
  log.detail(`configuration: ${file}`);
  return { config, found: named === undefined ? file : null };
}

/** The custom checks. Throws `UsageError` for a missing folder. */
async function customOf(checks: readonly AnyCheck[], context: CommandContext, config: Config) {
  const { customChecks, namedSources, refuseUnknown } = await import('./custom-checks.ts');
  const sources = { ...namedSources(context.flags), configured: config.checksDir ?? [] };
  const custom = await customChecks(context, sources, checks);
  refuseUnknown(config, [...checks, ...custom.checks]);
  return custom;
}

/** Files named by the options of an entry, such as `passwordFile`. */
function filesIn(entry: RegistryEntry): string[] {
  return Object.entries(entry).flatMap(([key, value]) =>
    key.endsWith('File') && typeof value === 'string' ? [value] : [],
  );
}

async function discovered(cwd: string): Promise<string | null> {
  const { discover } = await import('../config/discover.ts');
  return discover(cwd);
}

/** A requested report. */
export interface ReportRequest<F extends string> {
  readonly format: F;
  /** Null: standard output. */
  readonly file: string | null;
  /** Whether the file must be below the working folder, because nobody named it on the command line. */
  readonly inside?: boolean;
}

/**
 * The reports that `--format`, `--output` and `--report` request; the first is the main one. Without `--report`,
 * those of the configuration.
 */
export function reportsOf<const F extends string>(
  flags: Flags,
  formats: readonly F[],
  fallback: F,
  configured: Settings['reports'] = [],
): ReportRequest<F>[] {
  const named = flags.list('report');
  const reports = [
    {
      format: flags.choice('format', formats) ?? fallback,
      file: place(flags.text('output')),
    },
    ...(named ?? []).map((pair) => extraReport(pair, formats, flags)),
    ...(named === undefined ? configured : []).map(({ format, file }) => ({
      ...extraReport(`${format}=${file}`, formats, flags),
      inside: true,
    })),
  ];
  const places = reports.map(({ file }) => file);
  const twice = places.find((file, index) => places.indexOf(file) !== index);
  if (twice !== undefined) {
    throw new UsageError(`two reports would go to ${twice ?? 'standard output'}`);
  }
  return reports;
}

function extraReport<const F extends string>(
  pair: string,
  formats: readonly F[],
  flags: Flags,
): ReportRequest<F> {
  const [word = '', ...rest] = pair.split('=');
  const format = formats.find((one) => one === word);
  const name = flags.nameOf('report');
  if (format === undefined) {
    throw new UsageError(
      `${name}: "${word}" is none of ${formats.join(', ')}${didYouMean(word, formats)}`,
    );
  }
  const file = rest.join('=');
  if (file === '') throw new UsageError(`${name}: write format=file, such as sarif=regaudit.sarif`);
  return { format, file: place(file) };
}

/** `-` is standard output. */
function place(file: string | undefined): string | null {
  return file === undefined || file === '-' ? null : file;
}
