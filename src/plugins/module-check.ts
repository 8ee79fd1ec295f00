import { type AnyCheck, fail, pass } from '../engine/check.ts';
import { definitionOf } from './definition.ts';
import { type Fenced, type FenceLimits, fenced } from './fence.ts';

/**
 * A check out of a module of an organisation's own. In: the module's folder as texts by file name, and
 * its file. Out: a check whose judgment runs behind the fence; one that throws, hangs or answers with
 * anything but a pass or a fail throws here, which the engine makes an unknown of. Throws when the
 * module does not load or does not describe itself.
 */
export function moduleCheck(
  files: Readonly<Record<string, string>>,
  file: string,
  limits?: FenceLimits,
): { readonly check: AnyCheck; readonly end: () => void } {
  const fence = fenced(files, file, limits);
  const { id, subject, severity, title, why, needs, ...rest } = described(fence);
  return {
    end: fence.end,
    check: {
      id,
      subject,
      severity,
      title,
      why,
      checklist: rest.checklist ?? [],
      topics: rest.topics ?? [],
      references: rest.references ?? [],
      ...(rest.fix === undefined ? {} : { fix: rest.fix }),
      byDefault: rest.byDefault ?? true,
      needs,
      decidedBy: [],
      mitigatedBy: rest.mitigatedBy ?? [],
      judge: (known, expected) => answerOf(fence.call('judge', JSON.stringify([known, expected]))),
    },
  };
}

function described(fence: Fenced) {
  try {
    return definitionOf(JSON.parse(fence.call('describe')));
  } catch (error) {
    fence.end();
    throw error;
  }
}

function answerOf(text: string) {
  const { verdict, says }: { verdict: unknown; says: unknown } = JSON.parse(text);
  if (typeof says !== 'string' || says === '' || says === 'undefined')
    throw new Error('it answered without a sentence');
  if (verdict === 'pass') return pass(says);
  if (verdict === 'fail') return fail(says);
  throw new Error('it answered neither pass nor fail');
}
