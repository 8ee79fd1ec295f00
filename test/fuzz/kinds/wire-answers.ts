import { demos } from '../../../src/demo/demos.ts';
import { type Aim, type Attack, scanned } from '../../attacks/support/in-front.ts';
import { type Kind, type Outcome, refuseFlips, type Verdicts } from '../kind.ts';
import { damaged, mutated } from '../mutate.ts';
import type { Random } from '../random.ts';

/** Answers of every vendor's demo: any change at all, and damage by which no verdict may get better. */
export async function start(): Promise<Kind> {
  const honest = new Map<number, Verdicts>();
  return {
    attempt: async (random) => {
      const which = random.below(demos.length);
      const demo = demos[which];
      if (demo === undefined) return [];
      const verdictsOf = async (aim: Aim): Promise<Verdicts> => {
        const { findings, crashes } = await scanned(await demo(), aim);
        if (crashes.length > 0) throw new Error(crashes[0]);
        return new Map(
          findings.map(({ check, subject, verdict }) => [`${check} of ${subject}`, verdict]),
        );
      };
      const before = honest.get(which) ?? (await verdictsOf(() => undefined));
      honest.set(which, before);
      const any = random.below(2) === 0;
      const outcomes: Outcome[] = [];
      const after = await verdictsOf(() => {
        if (random.below(3) > 0) return undefined;
        outcomes.push('accepted');
        return changing(any ? mutated : damaged, random);
      });
      if (!any) refuseFlips(before, after);
      return outcomes;
    },
  };
}

function changing(change: (text: string, random: Random) => string, random: Random): Attack {
  return (response, { status, headers, body }) => {
    const { 'content-length': _, ...rest } = headers;
    response.writeHead(status, rest).end(change(body.toString('utf8'), random));
  };
}
