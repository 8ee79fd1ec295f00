import { demos } from '../../../src/demo/demos.ts';
import { type Aim, type Attack, scanned } from '../../attacks/support/in-front.ts';
import { type Kind, type Outcome, refuseFlips, type Verdicts } from '../kind.ts';
import { damaged, mutated } from '../mutate.ts';
import type { Random } from '../random.ts';

/** Answers of every vendor's demo: any change at all, and damage by which no verdict may get better. */
export async function start(): Promise<Kind> {
  const honest: Verdicts[] = [];
  // Before the first input, whose time this is not: it loads the vendors' libraries.
  for (const demo of demos) honest.push(await verdictsOf(demo, () => undefined));
  return {
    attempt: async (random) => {
      const which = random.below(demos.length);
      const [demo, before] = [demos[which], honest[which]];
      if (demo === undefined || before === undefined) return [];
      const any = random.below(2) === 0;
      const outcomes: Outcome[] = [];
      const after = await verdictsOf(demo, () => {
        if (random.below(3) > 0) return undefined;
        outcomes.push('accepted');
        return changing(any ? mutated : damaged, random);
      });
      if (!any) refuseFlips(before, withoutDefaults(after));
      return outcomes;
    },
  };
}

/**
 * Without what rests on Harbor's rules of retention: an amount that is no number is a default there (recorded of
 * 2.16), so that a damaged amount is another rule and no damage.
 */
function withoutDefaults(verdicts: Verdicts): Verdicts {
  const ofRetention = /^(?:retention-[a-z]+(?:-[a-z]+)?|untagged-expire) of harbor:/;
  return new Map([...verdicts].filter(([about]) => !ofRetention.test(about)));
}

async function verdictsOf(demo: (typeof demos)[number], aim: Aim): Promise<Verdicts> {
  const { findings, crashes } = await scanned(await demo(), aim);
  if (crashes.length > 0) throw new Error(crashes[0]);
  return new Map(
    findings.map(({ check, subject, verdict }) => [`${check} of ${subject}`, verdict]),
  );
}

function changing(change: (text: string, random: Random) => string, random: Random): Attack {
  return (response, { status, headers, body }) => {
    const { 'content-length': _, ...rest } = headers;
    response.writeHead(status, rest).end(change(body.toString('utf8'), random));
  };
}
