import {
  booleanAt,
  type JsonObject,
  maybeBoolean,
  maybeObject,
  maybeObjects,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { wordIn } from './words.ts';

/** A build that the registry runs. */
export interface Task {
  readonly name: string;
  readonly enabled: boolean;
  readonly pushes: boolean;
  readonly credentials: readonly TaskCredential[];
  /** Registries whose credentials are not shown, so that it cannot be told how they are kept. */
  readonly hidden: readonly string[];
  /** `unreadable`: its steps are in a file elsewhere, and a timer starts it. */
  readonly purges: 'yes' | 'dry-run' | 'no' | 'unreadable';
}

export interface TaskCredential {
  readonly what: string;
  readonly kept: 'identity' | 'vault' | 'stored' | 'plain';
}

const steps = ['Docker', 'FileTask', 'EncodedTask'] as const;

/** An entry of Tasks_List. The system's own `quicktask` has no step. */
export function task(entry: JsonObject): Task {
  const properties = objectAt(entry, 'properties');
  const step =
    maybeBoolean(properties, 'isSystemTask') === true ? null : objectAt(properties, 'step');
  const type = step === null ? null : wordIn(step, 'type', steps);
  const registries = customRegistries(properties);
  return {
    name: stringAt(entry, 'name'),
    enabled: wordIn(properties, 'status', ['Enabled', 'Disabled']) === 'Enabled',
    // What a file of steps does is not told: it may push.
    pushes: step !== null && (type !== 'Docker' || booleanAt(step, 'isPushEnabled')),
    credentials: [
      ...registries.flatMap(({ host, login }) =>
        login === null ? [] : credentialsOf(host, login),
      ),
      ...(step === null ? [] : argumentsOf(step)),
      ...sourceTokens(properties),
    ],
    hidden: registries.filter(({ login }) => login === null).map(({ host }) => host),
    purges: step === null ? 'no' : purgeOf(step, properties),
  };
}

function customRegistries(properties: JsonObject): { host: string; login: JsonObject | null }[] {
  const credentials = maybeObject(properties, 'credentials');
  const registries = credentials === null ? null : maybeObject(credentials, 'customRegistries');
  if (registries === null) return [];
  return Object.entries(registries).map(([host, login]) => ({
    host,
    login: login === null ? null : objectOf(login, 'a custom registry'),
  }));
}

/** A login of another registry: by the task's identity, or by name and password. */
function credentialsOf(host: string, login: JsonObject): TaskCredential[] {
  const what = `a login of ${host}`;
  if (maybeString(login, 'identity') !== null && maybeObject(login, 'password') === null) {
    return [{ what, kept: 'identity' }];
  }
  const kind = wordIn(objectAt(login, 'password'), 'type', ['Opaque', 'Vaultsecret']);
  return [{ what, kept: kind === 'Vaultsecret' ? 'vault' : 'stored' }];
}

const secretName = /passw|secret|token|credential|api[-_]?key|private[-_]?key/i;

/** Arguments are shown to whoever may read the task, unless they are marked as secret. */
function argumentsOf(step: JsonObject): TaskCredential[] {
  const all = [...maybeObjects(step, 'arguments'), ...maybeObjects(step, 'values')];
  return all.flatMap((argument): TaskCredential[] => {
    const name = stringAt(argument, 'name');
    const marked = maybeBoolean(argument, 'isSecret') === true;
    if (marked) return [{ what: `argument ${name}`, kept: 'stored' }];
    return secretName.test(name) ? [{ what: `argument ${name}`, kept: 'plain' }] : [];
  });
}

/** A trigger on source code keeps a token for that code; the API never shows it (tasks overview). */
function sourceTokens(properties: JsonObject): TaskCredential[] {
  const trigger = maybeObject(properties, 'trigger');
  const sources = trigger === null ? [] : maybeObjects(trigger, 'sourceTriggers');
  return sources.map((source) => ({
    what: `the access token of trigger ${stringAt(source, 'name')}`,
    kept: 'stored',
  }));
}

function purgeOf(step: JsonObject, properties: JsonObject): Task['purges'] {
  const content = maybeString(step, 'encodedTaskContent');
  if (content === null) {
    return wordIn(step, 'type', steps) === 'FileTask' && hasTimer(properties) ? 'unreadable' : 'no';
  }
  const text = Buffer.from(content, 'base64').toString('utf8');
  const purges = text.split('\n').filter((line) => /\bacr purge\b/.test(line));
  if (purges.length === 0) return 'no';
  return purges.every((line) => line.includes('--dry-run')) ? 'dry-run' : 'yes';
}

function hasTimer(properties: JsonObject): boolean {
  const trigger = maybeObject(properties, 'trigger');
  return trigger !== null && maybeObjects(trigger, 'timerTriggers').length > 0;
}
