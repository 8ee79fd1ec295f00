import { createHash } from 'node:crypto';
import { LineError } from '../files/lines.ts';
import { checked, compiled } from '../files/schema-check.ts';
import type { Unknown } from '../model/fact.ts';
import { list, record, type Static, Type, text, texts } from '../model/shape.ts';
import { UsageError } from '../model/usage-error.ts';
import { unknownFact } from '../snapshot/schema.ts';

/** Another major version is not read. */
export const planVersion = '1.0';

const owner = record(
  {
    id: Type.String({ examples: ['ecr://123456789012'] }),
    entry: Type.Integer({ minimum: 0, description: 'number of the configured entry, from 0' }),
    from: Type.String({ description: 'target of that entry, as it is written' }),
    target: Type.String({ description: 'the target that is opened' }),
    set: Type.Record(text, Type.Unknown(), {
      description: 'options that differ from those of the entry, such as the role of an account',
    }),
    without: Type.Array(text, { description: 'options of the entry that do not count here' }),
    units: Type.Union([texts, Type.Null()], {
      description: 'its registries; null: they could not be told',
    }),
    weight: Type.Number({ minimum: 0, description: 'expected calls, or registries' }),
    unreachable: Type.Optional(
      Type.Unsafe<Unknown>({
        ...unknownFact,
        description: 'why it stands for registries that nobody could list; it is not opened',
      }),
    ),
  },
  'what one set of credentials opens; never in two shards',
);
export type PlannedOwner = Static<typeof owner>;

const selection = record(
  {
    checks: texts,
    include: texts,
    exclude: texts,
    newest: Type.Integer(),
    mayPull: Type.Boolean(),
    probe: text,
  },
  'what is collected; each shard has to collect the same',
);
export type Selection = Static<typeof selection>;

const plan = record(
  {
    kind: Type.Literal('plan'),
    schemaVersion: text,
    tool: record({ name: text, version: text }),
    digest: Type.String({ description: 'SHA-256 of what is planned, and of no time or tool' }),
    named: Type.Array(text, { description: 'the targets of the command line' }),
    selection,
    owners: list(owner),
    notes: Type.Array(text, { description: 'what was left out on purpose' }),
  },
  'A plan of regaudit: who reads what, on how many machines it may be',
);
export type FleetPlan = Static<typeof plan>;

/** Completes a plan: its owners in order, and its digest. */
export function planWith(
  given: Pick<FleetPlan, 'tool' | 'named' | 'selection' | 'owners' | 'notes'>,
): FleetPlan {
  const owners = [...given.owners].sort(inOrder);
  return {
    kind: 'plan',
    schemaVersion: planVersion,
    ...given,
    owners,
    digest: digestOf({ ...given, owners }),
  };
}

/** Reads a plan. Throws `UsageError` for a text that is none, of another version, or edited by hand. */
export function readPlan(name: string, json: string): FleetPlan {
  const refused = (problem: string, hint?: string) => new UsageError(`${name}: ${problem}`, hint);
  const value = parsed(json);
  if (value === null || value['kind'] !== 'plan') throw refused('this is no plan of regaudit');
  const version = String(value['schemaVersion']);
  if (version.split('.')[0] !== planVersion.split('.')[0])
    throw refused(`the plan has version ${version}, this regaudit reads ${planVersion}`, again);
  const read = validated(value, refused);
  if (digestOf(read) !== read.digest)
    throw refused('it was changed after it was made: its digest is another one', again);
  return read;
}

const again = 'make it again with regaudit plan';

/** Validators take long to compile, so it is done for a plan alone. */
function validated(value: object, refused: (problem: string) => UsageError): FleetPlan {
  try {
    return checked<FleetPlan>(compiled(plan), value, 'the plan');
  } catch (error) {
    throw error instanceof LineError ? refused(error.message) : error;
  }
}

function parsed(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}

function digestOf({ named, selection: chosen, owners }: Omit<PlanContent, 'digest'>): string {
  return createHash('sha256')
    .update(canonicalJson({ named, selection: chosen, owners }))
    .digest('hex');
}

type PlanContent = Pick<FleetPlan, 'named' | 'selection' | 'owners' | 'digest'>;

/** JSON of which keys have one order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function inOrder(a: PlannedOwner, b: PlannedOwner): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.entry - b.entry || (a.target < b.target ? -1 : 1);
}
