import { checks } from '../../../checks/index.ts';
import { permissionsFor } from '../../catalogue/coverage.ts';
import { providers } from '../../providers/index.ts';
import type { CommandContext } from '../command-context.ts';
import { settingsOf } from '../settings.ts';
import { providerById } from '../targets.ts';

/**
 * `regaudit permissions`: prints the least-privilege policy for a scan with these flags and this configuration:
 * its checks, its profile, custom checks, the tags that name owners, and whether signatures may be pulled.
 */
export async function permissions(context: CommandContext, id: string): Promise<number> {
  const provider = await providerById(providers, id);
  const settings = await settingsOf(context, { checks, providers });
  const labels = settings.ownerTag !== undefined;
  const extras = { labels, pulls: settings.mayPull };
  await context.print([permissionsFor(settings.checks, provider, extras)]);
  return 0;
}
