import { test } from 'vitest';
import { scanEstate, scenario } from '/work/harbor/test/support/harbor/scan.ts';
test('x', async () => {
  const scan = await scanEstate(await scenario((process.env.SC ?? 'all-good') as never));
  for (const f of scan.findings) if (f.verdict !== 'not-applicable') console.log(f.subject, f.check, f.verdict, f.message);
  console.log(scan.calls, scan.crashes, scan.tally);
});
