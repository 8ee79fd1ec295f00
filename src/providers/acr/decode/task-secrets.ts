import {
  groupsOf,
  type JsonObject,
  maybeBoolean,
  maybeObjects,
  maybeString,
  stringAt,
} from '../../../decode/fields.ts';
import { yamlValue } from '../../../decode/yaml.ts';
import { decoded, taskText, wordsOf } from './task-steps.ts';

/*
 * Secrets that a task shows to whoever may read it: in its arguments, its steps and its addresses.
 */

/** A credential of a task, and how it is kept. */
export interface TaskCredential {
  readonly what: string;
  readonly kept: 'identity' | 'vault' | 'stored' | 'plain';
}

const secretName =
  /passw|pwd|secret|token|credential|(?:^|[_-])(?:pat|sas|auth)(?:[_-]|$)|(?:api|private|access|account|storage|shared|signing|encryption|license|ssh|master|subscription|client)[-_]?key|conn(?:ection)?[-_]?str/i;
/** Names of where something is, or of how long it lasts. */
const plainName = /[_-](?:url|uri|name|id|file|path|endpoint|issuer|audience|ttl|type|enabled)$/i;

/** Forms that tokens of well-known services have; each is found in linear time. */
const secretValue =
  /gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|\.(?<=eyJ[\w-]{8,}\.)eyJ[\w-]{8,}|(?:Account|SharedAccess)Key=[\w+/=]{16,}|[?&]sig=[\w%+/=-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|npm_[A-Za-z0-9]{30,}|dckr_pat_[\w-]{16,}|AIza[\w-]{30,}|:\/\/[^\s/:@]+:[^\s/@]+@|:\/\/[^\s/:@]{16,}@/;

/** Arguments are shown to whoever may read the task, unless they are marked as secret. */
export function argumentsOf(step: JsonObject): TaskCredential[] {
  const all = [...maybeObjects(step, 'arguments'), ...maybeObjects(step, 'values')];
  return all.flatMap((argument): TaskCredential[] => {
    const name = stringAt(argument, 'name');
    if (maybeBoolean(argument, 'isSecret') === true) {
      return [{ what: `argument ${name}`, kept: 'stored' }];
    }
    const { value } = argument;
    return isSecret(name, value) ? [{ what: `argument ${name}`, kept: 'plain' }] : [];
  });
}

/** What stands in the encoded steps, their values and the address of the context. */
export function shownSecrets(step: JsonObject): TaskCredential[] {
  const plain = (what: string): TaskCredential => ({ what, kept: 'plain' });
  const text = taskText(step);
  const values = maybeString(step, 'encodedValuesContent');
  const context = maybeString(step, 'contextPath');
  return [
    ...(text !== null && showsSecret(text) ? [plain('a secret in its steps')] : []),
    ...(values !== null && valuesShow(decoded(values)) ? [plain('a secret in its values')] : []),
    ...(context !== null && secretValue.test(context)
      ? [plain('a secret in the address of its context')]
      : []),
  ];
}

function isSecret(name: string, value: unknown): boolean {
  if (typeof value === 'string' && secretValue.test(value)) return true;
  const isEmpty = value === null || value === undefined || value === '';
  return !isEmpty && !isReference(String(value)) && secretName.test(name) && !plainName.test(name);
}

/** What a run fills in. */
function isReference(value: string): boolean {
  return /^(?:\$|\{\{)/.test(value.trim());
}

function valuesShow(text: string): boolean {
  if (secretValue.test(text)) return true;
  const values = yamlValue(text);
  if (typeof values !== 'object' || values === null) return false;
  return Object.entries(values).some(([name, value]) => isSecret(name, value));
}

function showsSecret(text: string): boolean {
  if (secretValue.test(text)) return true;
  return textsIn(yamlValue(text)).some((line) => {
    const words = wordsOf(line);
    return words !== null && wordsShow(words);
  });
}

const secretFlag = /^--(?:password|token|secret|pass|client-secret|auth-token)$/;

function wordsShow(words: readonly string[]): boolean {
  const logsIn = words.includes('login');
  return words.some((word, at) => {
    const [name, value] = groupsOf(/^-{0,2}([\w-]+)=(.*)$/s, word);
    if (name !== undefined && value !== undefined) return isSecret(name, value);
    const next = words[at + 1];
    const asksForOne = secretFlag.test(word) || (logsIn && word === '-p');
    return asksForOne && next !== undefined && !isReference(next);
  });
}

/** Every text of a document but those of its keys. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
