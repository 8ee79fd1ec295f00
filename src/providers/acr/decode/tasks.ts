import {
  booleanAt,
  DecodeError,
  type JsonObject,
  maybeBoolean,
  maybeObject,
  maybeObjects,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { argumentsOf, shownSecrets, type TaskCredential } from './task-secrets.ts';
import { stepsIn, type TaskSteps, taskText } from './task-steps.ts';
import { maybeWordIn, onOff, wordIn } from './words.ts';

/** A task that the registry runs: a build, or steps of any kind. */
export interface Task {
  readonly name: string;
  readonly enabled: boolean;
  /** Whether a timer, a commit or a new base image starts it. */
  readonly starts: boolean;
  readonly pushes: boolean;
  readonly credentials: readonly TaskCredential[];
  /** Credentials that it may hold and that the API does not show. */
  readonly hidden: readonly string[];
  readonly steps: TaskSteps;
}

const steps = ['Docker', 'FileTask', 'EncodedTask'] as const;

/** The same entry of Tasks_List. Throws `DecodeError` for one of another registry, by its resource id. */
export function taskOf(registry: string, entry: JsonObject): JsonObject {
  const id = stringAt(entry, 'id');
  if (id.toLowerCase().includes(`/registries/${registry.toLowerCase()}/tasks/`)) return entry;
  throw new DecodeError(`the task ${id.slice(-80)} is of another registry`);
}

/** An entry of Tasks_List. The system's own `quicktask` has no step. */
export function task(entry: JsonObject): Task {
  const properties = objectAt(entry, 'properties');
  const step =
    maybeBoolean(properties, 'isSystemTask') === true ? null : objectAt(properties, 'step');
  const type = step === null ? null : wordIn(step, 'type', steps);
  const registries = customRegistries(properties);
  const sources = sourceTokens(properties);
  return {
    name: stringAt(entry, 'name'),
    enabled: wordIn(properties, 'status', onOff) === 'enabled',
    starts: isStarted(properties),
    // The steps in a file are not read, so they may push.
    pushes: step !== null && (type !== 'Docker' || booleanAt(step, 'isPushEnabled')),
    credentials: [
      ...registries.flatMap(({ host, login }) =>
        login === null ? [] : credentialsOf(host, login),
      ),
      ...(step === null ? [] : [...argumentsOf(step), ...shownSecrets(step)]),
      ...sources,
    ],
    hidden: [
      ...registries.filter(({ login }) => login === null).map(({ host }) => `a login of ${host}`),
      ...(step !== null && sources.length === 0 && readsFromGit(step)
        ? ['an access token for its Git repository']
        : []),
    ],
    steps: step === null || type === null ? { mode: 'none' } : stepsOf(step, type),
  };
}

function stepsOf(step: JsonObject, type: (typeof steps)[number]): TaskSteps {
  if (type === 'Docker') return { mode: 'none' };
  const text = taskText(step);
  return text === null ? { mode: 'elsewhere' } : stepsIn(text);
}

/** A token for the context is never shown, even where one is stored (multi-step tasks tutorial). */
function readsFromGit(step: JsonObject): boolean {
  const context = maybeString(step, 'contextPath');
  if (context === null || context === '/dev/null' || /^oci:/i.test(context)) return false;
  // A fragment names a branch, and is of Git alone.
  return context.includes('#') || !/\.tar\.gz$/i.test(context);
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

/** A trigger on source code keeps a token for that code; the API never shows it (tasks overview). */
function sourceTokens(properties: JsonObject): TaskCredential[] {
  const trigger = maybeObject(properties, 'trigger');
  const sources = trigger === null ? [] : maybeObjects(trigger, 'sourceTriggers');
  return sources.map((source) => ({
    what: `the access token of trigger ${stringAt(source, 'name')}`,
    kept: 'stored',
  }));
}

function isStarted(properties: JsonObject): boolean {
  const trigger = maybeObject(properties, 'trigger');
  if (trigger === null) return false;
  const base = maybeObject(trigger, 'baseImageTrigger');
  const all = [
    ...maybeObjects(trigger, 'timerTriggers'),
    ...maybeObjects(trigger, 'sourceTriggers'),
    ...(base === null ? [] : [base]),
  ];
  // Without a status a trigger is enabled (Tasks_Create).
  return all.some((one) => maybeWordIn(one, 'status', onOff) !== 'disabled');
}
