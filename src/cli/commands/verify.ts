import { checks } from '../../../checks/index.ts';
import type { Derivation } from '../../model/derivation.ts';
import type { AnyFact } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { auditAndReport } from '../audit-and-report.ts';
import type { CommandContext } from '../command-context.ts';
import { imageReference } from '../image-reference.ts';
import { liveRegistries } from '../live-registries.ts';
import { settingsOf } from '../settings.ts';

/** The check that a verification runs. */
const verified = 'recent-images-verified';

/**
 * `regaudit verify`: judges single images by the signers of the configuration, with the code and the exit
 * codes of a scan. Exceptions and settings of checks do not apply: a deployment asks about this image now.
 */
export async function verify(context: CommandContext, images: readonly string[]): Promise<number> {
  const byTarget = new Map<string, string[]>();
  for (const { host, repository, reference } of images.map(imageReference)) {
    const target = `oci://${host}/${repository}`;
    byTarget.set(target, [...(byTarget.get(target) ?? []), reference]);
  }
  const settings = await settingsOf(context, { checks, providers });
  if (settings.expected.signers.length === 0)
    throw new UsageError(
      'no signers are declared, so nothing can be verified',
      'declare them in the configuration: expect.signers',
    );
  const optionsOf = (target: string) =>
    settings.entries.find((entry) => target.startsWith(`${entry.target}/`));
  const own = {
    ...settings,
    checks: checks.filter(({ id }) => id === verified),
    derivations: settings.derivations.map(decisive),
    entries: [...byTarget.keys()].map((target) => ({ ...optionsOf(target), target })),
    include: [],
    exclude: [],
    checkSettings: {},
    waivers: [],
    acceptUnknown: [],
    failOn: 'low' as const,
    // Whoever names an image asks for it to be read.
    mayPull: true,
  };
  const { exitCode, reason, printed } = await auditAndReport(context, own, {
    live: true,
    reads: [],
    lines: (run) =>
      liveRegistries({
        ...context,
        ...run,
        providers,
        named: [...byTarget.keys()],
        settings: own,
        references: byTarget,
      }),
  });
  if (!printed) context.log.say(`exit code ${exitCode}: ${reason}`);
  return exitCode;
}

/** In a scan nobody has to sign what no signer covers; an image that somebody asks about is unknown then. */
function decisive(derivation: Derivation): Derivation {
  const { fact, derive } = derivation;
  return { fact, always: null, derive: (facts, about) => orUnknown(derive(facts, about)) };
}

function orUnknown(fact: AnyFact): AnyFact {
  const unknown = (detail: string): AnyFact => ({
    state: 'unknown',
    why: 'inconclusive',
    from: { operation: 'verify signatures', detail },
  });
  if (fact.state === 'unsupported') return unknown(fact.note);
  const empty = fact.state === 'known' && Array.isArray(fact.value) && fact.value.length === 0;
  return empty ? unknown('what is named is not an image') : fact;
}
