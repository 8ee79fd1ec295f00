import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { demos } from '../../src/demo/demos.ts';
import { evaluateLines } from '../../src/engine/scan.ts';
import { pseudonyms } from '../../src/findings/pseudonyms.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { scanned } from './support/in-front.ts';

/* What `--redact` leaves of every vendor's demo: nobody, and no host of the organization. */

const digits = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);

/** People and hosts of the demos, however a fact names them. */
const named =
  /\bmaria\b|(?:siem|login|ci|registry|upstream|mirror|harbor|nexus|quay|gitlab|hooks?)\.(?:[a-z-]+\.)?(?:example|acme)\b|appspot\.com|[\w.]+@[\w-]+\.\w+/gi;

async function verdictsOf(lines: readonly SnapshotLine[]): Promise<readonly string[]> {
  const verdicts: string[] = [];
  const each = async function* () {
    yield* lines;
  };
  await evaluateLines(each(), {
    checks,
    derivations: [],
    expected: nothingDeclared,
    sink: { wants: () => true, add: ({ check, verdict }) => verdicts.push(`${check} ${verdict}`) },
    onCrash: (check, error) => verdicts.push(`${check} crashed: ${String(error)}`),
  });
  return verdicts;
}

/** Without its addresses nobody can tell that a range is narrow. */
function mayBe(verdict: string, before: string): string {
  const isWorse = verdict === 'public-endpoint-closed fail' && before.endsWith('closed pass');
  return isWorse ? before : verdict;
}

describe.each(demos.map((demo) => [demo.name, demo] as const))('%s', (_, demo) => {
  test('names nobody and no host when redacted, and is judged as before', async () => {
    const { readings } = await scanned(await demo(), () => undefined);
    const { line } = pseudonyms(digits);
    const redacted = readings.map(line);
    expect(JSON.stringify(redacted).match(named)).toBeNull();
    const before = await verdictsOf(readings);
    const after = await verdictsOf(redacted);
    expect(after.map((verdict, at) => mayBe(verdict, before[at] ?? ''))).toEqual(before);
  });
});

test.each([
  ['one word', 'a'.repeat(300_000)],
  ['words and dots', 'a.'.repeat(150_000)],
  ['words and dashes', 'a-'.repeat(150_000)],
])('a text of %s is searched in linear time', (_, text) => {
  const secret = `${text} maria@login.acme.example and xhttps://ci.acme.example/x`;
  const end = { kind: 'end', registry: 'harbor://demo', calls: 1 } as const;
  const listing = {
    state: 'unknown',
    why: 'denied',
    from: { operation: 'none', detail: secret },
  } as const;
  const redacted = JSON.stringify(pseudonyms(digits).line({ ...end, listing }));
  expect(redacted).toContain(text);
  expect(redacted).not.toContain('acme');
});
