import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Cases } from '../engine/cases.ts';
import { type AnyCheck, fail, pass } from '../engine/check.ts';
import type { Expectations } from '../model/expectations.ts';
import { definitionOf } from './definition.ts';

/**
 * Imports the checks of a module, whose default export is a check or a list of checks. The module runs as
 * code: pass only files that the user named explicitly. In: its absolute path. Throws an `Error` if it does
 * not load or does not export checks.
 */
export async function codeChecks(file: string): Promise<readonly AnyCheck[]> {
  const said = await defaultExport(file);
  return (Array.isArray(said) ? said : [said]).map(checkOf);
}

/** Imports the examples of a module whose default export is a result of `cases`. Throws an `Error`. */
export async function codeCases(file: string, checks: readonly AnyCheck[]): Promise<Cases> {
  const said = await defaultExport(file);
  const { check, rows } = isRecord(said) ? said : {};
  const id = isRecord(check) ? check['id'] : undefined;
  const meant = checks.find((one) => one.id === id);
  if (meant === undefined || !isRecord(rows))
    throw new Error('it has no cases of the check with the same name');
  return { check: meant, rows: rows as Cases['rows'] };
}

async function defaultExport(file: string): Promise<unknown> {
  offerContract();
  try {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
    if (module['default'] !== undefined) return module['default'];
  } catch (error) {
    if (isRecord(error) && error['code'] === 'ERR_UNKNOWN_FILE_EXTENSION')
      throw new Error(
        `this Node (${process.version}) runs no TypeScript; compile it to JavaScript`,
      );
    throw new Error(String(error instanceof Error ? error.message : error).split('\n')[0]);
  }
  throw new Error('it has no default export');
}

type Judge = (known: never, expected: Expectations) => unknown;

function checkOf(said: unknown): AnyCheck {
  const definition = definitionOf(said);
  const judge = isRecord(said) ? said['judge'] : undefined;
  if (!isJudge(judge)) throw new Error('judge: expected a function');
  const { id, subject, severity, title, why, needs, fix } = definition;
  return {
    id,
    subject,
    severity,
    title,
    why,
    needs,
    impact: definition.impact ?? 'other',
    checklist: definition.checklist ?? [],
    topics: definition.topics ?? [],
    references: definition.references ?? [],
    ...(fix === undefined ? {} : { fix }),
    byDefault: definition.byDefault ?? true,
    decidedBy: [],
    mitigatedBy: definition.mitigatedBy ?? [],
    judge: (known, expected) => answerOf(judge(known, expected)),
  };
}

function answerOf(answer: unknown) {
  const { verdict, says } = isRecord(answer) ? answer : {};
  if (typeof says !== 'string' || says === '') throw new Error('the result has no sentence');
  if (verdict === 'pass') return pass(says);
  if (verdict === 'fail') return fail(says);
  throw new Error('it returned neither pass nor fail');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isJudge(value: unknown): value is Judge {
  return typeof value === 'function';
}

let offered = false;

/** Makes `regaudit/check` importable from any folder, without an installation. */
function offerContract(): void {
  if (offered) return;
  const contract = createRequire(import.meta.url).resolve('regaudit/check');
  const url = JSON.stringify(pathToFileURL(contract).href);
  const hook = `export const resolve = (name, context, next) =>
    name === 'regaudit/check' ? { url: ${url}, shortCircuit: true } : next(name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  offered = true;
}
