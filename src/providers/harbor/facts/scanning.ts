import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, Unreachable } from '../../facts.ts';
import {
  gateThreshold,
  ownAllowlist,
  type Project,
  switchOf,
  usesSystemAllowlist,
} from '../decode/project.ts';
import { type Allowlist, allowlist, type Scanner, scanner } from '../decode/scanning.ts';
import { everyMonth, type Schedule } from '../decode/schedule.ts';
import { listed, type ProjectSources } from './project-sources.ts';

/** The facts of a project about vulnerabilities. Its scanner is only asked about where that decides. */
export function gates(
  project: Project,
  { api, settings, now }: ProjectSources,
): Collectors<'repository'> {
  const scannerOf = once(() =>
    api.one('getScannerOfProject', scanner, { params: { project: project.id } }),
  );
  const allowed = once(async (): Promise<Fact<Allowlist>> => {
    const system = listed(() => usesSystemAllowlist(project));
    if (system.state !== 'known') return system;
    return system.value ? settings.allowlist() : listed(() => allowlist(ownAllowlist(project)));
  });
  const scansPushes = listed(() => switchOf(project, 'auto_scan'));
  return {
    pushScan: async () => {
      if (scansPushes.state !== 'known') return scansPushes;
      if (!scansPushes.value) {
        return join([scansPushes], () => ({
          mode: 'off',
          why: 'scanning on push is not switched on',
        }));
      }
      return join([await scannerOf()], pushScan);
    },
    rescan: async () => {
      const schedule = await settings.scanAll();
      if (schedule.state !== 'known' || schedule.value === null) {
        return join([schedule], () => ({ mode: 'off', why: 'no scan of all images is scheduled' }));
      }
      return join([schedule, await scannerOf()], rescan);
    },
    scanGate: async () => {
      const prevents = listed(() => switchOf(project, 'prevent_vul'));
      if (prevents.state !== 'known') return prevents;
      if (!prevents.value) {
        return join([scansPushes], (on) => ({ mode: on ? 'reports-only' : 'none' }));
      }
      const threshold = listed(() => gateThreshold(project));
      return join([threshold, await scannerOf(), await allowed()], (severity, found, list) =>
        scanGate(found, severity, list, now),
      );
    },
    scanExceptions: async () =>
      join([await allowed()], ({ names, until }) => names.map((name) => ({ name, until }))),
  };
}

function pushScan(found: Scanner | null): ValueOf<RepositoryFacts['pushScan']> {
  if (found === null) return { mode: 'off', why: 'there is no scanner' };
  return found.trouble === ''
    ? { mode: 'on', engine: found.name, trigger: 'push' }
    : { mode: 'off', why: found.trouble };
}

function rescan(
  schedule: Schedule | null,
  found: Scanner | null,
): ValueOf<RepositoryFacts['rescan']> {
  if (schedule === null) return { mode: 'off', why: 'no scan of all images is scheduled' };
  if (found === null) return { mode: 'off', why: 'there is no scanner' };
  if (found.trouble !== '') return { mode: 'off', why: found.trouble };
  const { type, cron } = schedule;
  const words =
    type === 'Custom' || type === 'Schedule' ? `on the schedule ${cron}` : type.toLowerCase();
  return everyMonth(schedule)
    ? { mode: 'on', how: `a scan of all images, ${words}`, days: null }
    : { mode: 'off', why: `the scan of all images leaves out months (${cron})` };
}

/**
 * Without a scanner every image is let through, and so it is while the scanner does not answer
 * (src/server/middleware/vulnerable, src/controller/scan/checker.go).
 */
function scanGate(
  found: Scanner | null,
  threshold: string,
  { names, until }: Allowlist,
  now: string,
): ValueOf<RepositoryFacts['scanGate']> {
  if (found === null) return { mode: 'none' };
  if (found.trouble !== '') {
    const Reason = found.responds ? Inconclusive : Unreachable;
    throw new Reason(`${found.trouble}, and without it images may be let through`);
  }
  const inForce = until === null || until > now;
  return { mode: 'blocks', threshold, exceptions: inForce ? [...names] : [] };
}
