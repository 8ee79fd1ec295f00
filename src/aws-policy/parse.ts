import type { PolicyDocument, Principals, Selector, Statement } from './document.ts';
import { PolicyError, quoted } from './error.ts';
import { members, readJson } from './json.ts';
import { readConditions } from './parse-condition.ts';
import { readPrincipals } from './parse-principal.ts';
import { texts } from './parse-text.ts';

const documentKeys: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);
const statementKeys: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

type Element = ReadonlyMap<string, unknown>;

/**
 * Parses an IAM policy document: repository, registry, trust or identity policy.
 * In: the JSON text from AWS, URL-decoded.
 * Throws `PolicyError` with the statement for anything unsupported: a partly parsed policy could hide a
 * grant.
 * Vendor page: IAM User Guide, reference_policies_grammar.
 */
export function parsePolicy(text: string): PolicyDocument {
  const document = members(readJson(text));
  if (document === null) throw new PolicyError('the policy is not a JSON object');
  refuseUnknown(document, documentKeys, 'the policy');
  const variables = hasVariables(document.get('Version'));
  const written = document.get('Statement');
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  if (written === undefined || list.length === 0) throw new PolicyError('there is no Statement');
  return { statements: list.map((item, at) => readStatement(item, at + 1, variables)) };
}

/** Whether `${…}` is a variable: not in the old language, which applies without a Version. */
function hasVariables(version: unknown): boolean {
  if (version === undefined || version === '2008-10-17') return false;
  if (version === '2012-10-17') return true;
  throw new PolicyError(`Version is ${shown(version)}, expected 2012-10-17 or 2008-10-17`);
}

function readStatement(value: unknown, index: number, variables: boolean): Statement {
  const where = `Statement ${index}`;
  const element = members(value);
  if (element === null) throw new PolicyError(`${where}: not an object`);
  refuseUnknown(element, statementKeys, where);
  const actions = readSelector(element, 'Action', where);
  if (actions === null) throw new PolicyError(`${where}: neither Action nor NotAction`);
  return {
    index,
    sid: readSid(element.get('Sid'), where),
    effect: readEffect(element.get('Effect'), where),
    principals: readPrincipalElement(element, where),
    actions: { ...actions, patterns: actions.patterns.map((action) => readAction(action, where)) },
    resources: readResources(element, where, variables),
    conditions: readConditions(element.get('Condition'), where, variables),
  };
}

function readSid(sid: unknown, where: string): string | null {
  if (sid === undefined || sid === '') return null;
  if (typeof sid !== 'string') throw new PolicyError(`${where}: Sid is not text`);
  return sid;
}

function readEffect(effect: unknown, where: string): 'Allow' | 'Deny' {
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw new PolicyError(`${where}: Effect is ${shown(effect)}, expected Allow or Deny`);
}

function readPrincipalElement(element: Element, where: string): Principals | null {
  const negated = oneOf(element, 'Principal', where);
  if (negated === null) return null;
  const name = negated ? 'NotPrincipal' : 'Principal';
  return { negated, list: readPrincipals(element.get(name), `${where}: ${name}`) };
}

function readSelector(element: Element, name: string, where: string): Selector | null {
  const negated = oneOf(element, name, where);
  if (negated === null) return null;
  const written = negated ? `Not${name}` : name;
  return { negated, patterns: texts(element.get(written), `${where}: ${written}`), variable: [] };
}

function readAction(action: string, where: string): string {
  const wide = action.replaceAll('*', '') === '';
  if (wide || action.includes(':')) return action.toLowerCase();
  throw new PolicyError(`${where}: Action ${quoted(action)} is neither service:action nor *`);
}

/** Parses Resource or NotResource. What holds variables goes into a separate list. */
function readResources(element: Element, where: string, variables: boolean): Selector | null {
  const resources = readSelector(element, 'Resource', where);
  if (resources === null || !variables) return resources;
  const isVariable = (text: string) => text.includes('${');
  return {
    ...resources,
    patterns: resources.patterns.filter((text) => !isVariable(text)),
    variable: resources.patterns.filter(isVariable),
  };
}

/** Whether the element has the negated form; null: neither form. */
function oneOf(element: Element, name: string, where: string): boolean | null {
  const plain = element.has(name);
  const negated = element.has(`Not${name}`);
  if (plain && negated) throw new PolicyError(`${where}: both ${name} and Not${name}`);
  return plain || negated ? negated : null;
}

function refuseUnknown(element: Element, known: ReadonlySet<string>, where: string): void {
  for (const key of element.keys()) {
    if (!known.has(key)) throw new PolicyError(`${where}: unknown key ${quoted(key)}`);
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : quoted(String(JSON.stringify(value)));
}
