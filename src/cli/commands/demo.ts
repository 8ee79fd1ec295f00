import { devNull } from 'node:os';
import { checks } from '../../../checks/index.ts';
import fixture from '../../../fixtures/ecr/demo/estate.json' with { type: 'json' };
import type { Estate } from '../../demo/aws/estate.ts';
import { serveEstate } from '../../demo/aws/serve-estate.ts';
import { providers } from '../../providers/index.ts';
import { audit } from '../audit.ts';
import { liveReadings } from '../live-readings.ts';
import { settingsOf } from '../settings.ts';
import type { Shell } from '../shell.ts';

/** `regaudit demo`: the real adapter and SDK against servers on this machine. Exits with 0: it is a show. */
export async function demo(shell: Shell): Promise<number> {
  const { flags, notes } = shell;
  const settings = await settingsOf(withoutConfig(flags), { checks, providers }, notes);
  const estate = fixture as Estate;
  const { endpoint, environment, close } = await serveEstate(estate);
  replaceAwsEnvironment(environment);
  const entries = [{ target: 'ecr', endpoint, regions: Object.keys(estate.regions) }];
  try {
    const { exitCode, reason } = await audit(shell, settings, {
      live: true,
      readings: (run) =>
        liveReadings({
          ...shell,
          ...run,
          environment,
          providers,
          settings: { ...settings, entries },
          now: () => new Date(estate.asOf),
        }),
    });
    notes.say(`this was a demo; a scan would have had the exit code ${exitCode}: ${reason}`);
    return 0;
  } finally {
    await close();
  }
}

/** The demo shows the same everywhere: what is configured here is for real registries. */
function withoutConfig(flags: Shell['flags']): Shell['flags'] {
  return { ...flags, off: (name) => name === 'config' || flags.off(name) };
}

/**
 * The SDK reads its credentials from the environment of the process. Nothing of the user's may get
 * there: not a profile, not a key.
 */
function replaceAwsEnvironment(environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) delete process.env[name];
  }
  Object.assign(process.env, environment, {
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  });
}
