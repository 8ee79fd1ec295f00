import { checks } from '../../../checks/index.ts';
import { demoTime, type ServedDemo } from '../../demo/demo.ts';
import { demos } from '../../demo/demos.ts';
import { demoKey, demoSigners } from '../../demo/signers.ts';
import { providers } from '../../providers/index.ts';
import type { TrustFiles } from '../../signing/trust/files.ts';
import { auditAndReport, type Origin } from '../audit-and-report.ts';
import type { CommandContext } from '../command-context.ts';
import { servePlayground } from '../demo-playground.ts';
import { derivationsOf } from '../derivations.ts';
import { liveRegistries } from '../live-registries.ts';
import { settingsOf } from '../settings.ts';

/**
 * `regaudit demo`: runs the real adapters against servers on this machine. Exits with 0 unless it is interrupted;
 * the report says what a scan would exit with. `--serve` keeps the servers up instead.
 */
export async function demo(context: CommandContext): Promise<number> {
  const { flags, log } = context;
  const settings = {
    ...(await settingsOf({ ...context, flags: withoutConfig(flags) }, { checks, providers })),
    derivations: await demoDerivations(),
  };
  const served = await Promise.all(demos.map((serve) => serve()));
  try {
    if (flags.on('serve')) return await servePlayground(context, served);
    const environment = pretended(served, context.environment);
    const origin: Origin = {
      live: true,
      reads: [],
      lines: (run) =>
        liveRegistries({
          ...context,
          ...run,
          environment,
          providers,
          named: [],
          settings: {
            ...settings,
            entries: served.flatMap(({ entries }) => entries),
            probe: 'this-machine',
          },
          now: () => new Date(demoTime),
        }),
    };
    const options = { exitZero: 'in a scan of your own' };
    const { exitCode, reason, printed } = await auditAndReport(context, settings, origin, options);
    if (!printed) log.say(`exit code ${exitCode}: ${reason}`);
    return exitCode;
  } finally {
    await Promise.all(served.map(({ close }) => close()));
  }
}

/** Verification by the signers of the demo, whose key is no file. */
async function demoDerivations() {
  const { signersOf } = await import('../../signing/trust/entry.ts');
  const files: TrustFiles = {
    text: async () => demoKey,
    document: async () => ({ value: null, line: () => 1 }),
    list: async () => null,
    beside: (_, path) => path,
  };
  const surroundings = {
    files,
    trustedRoot: undefined,
    now: new Date(demoTime),
    list: 'signers',
  } as const;
  const signers = await Promise.all(demoSigners.map((entry) => signersOf(entry, surroundings)));
  return derivationsOf({ signers: signers.flat(), builders: [] }, providers);
}

/** The demo ignores the local configuration, so that it shows the same findings on every machine. */
function withoutConfig(flags: CommandContext['flags']): CommandContext['flags'] {
  return { ...flags, off: (name) => name === 'config' || flags.off(name) };
}

/**
 * Vendors' clients read their credentials from the environment of the process. Nothing of the user's
 * may get there: not a profile, not a key, not a proxy. Out: the environment that is left.
 */
function pretended(
  served: readonly ServedDemo[],
  own: CommandContext['environment'],
): Readonly<Record<string, string>> {
  const hidden = [
    ...served.flatMap(({ hiddenVariables }) => hiddenVariables),
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
  ];
  for (const name of Object.keys(own)) {
    if (hidden.some((beginning) => name.toUpperCase().startsWith(beginning))) delete own[name];
  }
  const environment = Object.assign({}, ...served.map((one) => one.environment));
  Object.assign(own, environment);
  return environment;
}
