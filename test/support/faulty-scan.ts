import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { checks } from '../../checks/index.ts';
import { auditAndReport } from '../../src/cli/audit-and-report.ts';
import { commandContext } from '../../src/cli/command-context.ts';
import { originOf } from '../../src/cli/commands/scan.ts';
import { programOf } from '../../src/cli/program.ts';
import { settingsOf } from '../../src/cli/settings.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import type { Provider, Registry } from '../../src/providers/contract.ts';
import { provider as harbor } from '../../src/providers/harbor/index.ts';
import { emptyFolder, worldOf } from './run-cli.ts';

/* A scan with an adapter full of faults, one for each address. */

const soon = () => new Promise((resolve) => setTimeout(resolve, 50));

/** What goes wrong before a registry is named. */
const whileOpened: Readonly<Record<string, () => Promise<void>>> = {
  'throws-when-opened': async () => {
    throw new TypeError('a fault when opened');
  },
};

/** What goes wrong once a registry has begun. */
const whileRead: Readonly<Record<string, () => Promise<void>>> = {
  'throws-when-read': async () => {
    throw new TypeError('a fault when read');
  },
  emits: async () => {
    new Readable({ read: () => undefined }).destroy(new Error('an emitter without listener'));
  },
  'throws-in-a-timer': async () => {
    setTimeout(() => {
      throw new Error('a timer');
    }, 1);
    await soon();
  },
  'forgets-a-promise': async () => {
    void Promise.reject(new Error('a forgotten promise'));
  },
  'never-answers': () => new Promise(() => undefined),
};

async function* read(registry: string): AsyncGenerator<SnapshotLine> {
  const at = { registry, takenAt: '2026-11-02T09:00:00.000Z' };
  yield {
    kind: 'registry',
    provider: 'faulty',
    unreachable: null,
    facts: {},
    repositoryDefaults: {},
    ...at,
  };
  yield { kind: 'repository', registry, name: 'app', facts: {} };
  await soon();
  await whileRead[registry.slice('faulty://'.length)]?.();
  await soon();
  yield {
    kind: 'end',
    registry,
    calls: 1,
    listing: {
      state: 'known',
      value: { repositories: 1, others: 0 },
      from: { operation: 'listProjects' },
    },
  };
}

async function* registriesAt(address: string): AsyncGenerator<Registry> {
  await whileOpened[address]?.();
  yield { id: `faulty://${address}`, read: () => read(`faulty://${address}`) };
}

const faulty: Provider = {
  ...harbor,
  id: 'faulty',
  open: async ({ address }) => registriesAt(address),
};
const providers = { faulty: async () => faulty };

export interface FaultyScan {
  readonly code: number;
  readonly stderr: string;
  /** As in the file. */
  readonly report: string;
}

/** Scans these addresses. */
export async function faultyScan(addresses: readonly string[]): Promise<FaultyScan> {
  const { host, stderr } = worldOf([]);
  const program = programOf(host, () => undefined);
  const scan = program.commands.find((command) => command.name() === 'scan');
  if (scan === undefined) throw new Error('there is no command scan');
  const file = join(emptyFolder(), 'report.json');
  const targets = addresses.map((address) => `faulty://${address}`);
  scan.parseOptions(['--no-config', '-f', 'json', '-o', file]);
  const context = commandContext(scan, program, host);
  const settings = await settingsOf(context, { checks, providers });
  const origin = originOf(context, settings, targets, providers);
  const { exitCode } = await auditAndReport(context, settings, origin);
  return { code: exitCode, stderr: stderr(), report: readFileSync(file, 'utf8') };
}

// A program too, for faults that a test runner hears of before we do.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await faultyScan(process.argv.slice(2))));
}
