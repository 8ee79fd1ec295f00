import { booleanAt, DecodeError, numberAt, objectOf, stringAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { rangesAt } from './ranges.ts';

/** The settings of an instance that matter here, of the many that an administrator may see. */
export interface InstanceSettings {
  readonly twoFactorGrace: number | null;
  readonly passwordForWeb: boolean;
  /** Whether clients of Git and of the registry sign in by a password, whatever the web takes. */
  readonly passwordForGit: boolean;
  readonly signUp: boolean;
  readonly approvesSignUp: boolean;
  /** Whom no IP restriction of a group keeps out. Throws `Denied` where the plan lacks them. */
  readonly allowedEverywhere: () => readonly string[];
  /** How many cleanup policies run at once; 0: none ever runs. */
  readonly cleanupWorkers: number;
}

export function instanceSettings(raw: unknown): InstanceSettings {
  const all = objectOf(raw, 'the settings');
  const required = booleanAt(all, 'require_two_factor_authentication');
  const grace = numberAt(all, 'two_factor_grace_period');
  return {
    twoFactorGrace: required ? grace : null,
    passwordForWeb: booleanAt(all, 'password_authentication_enabled_for_web'),
    passwordForGit: booleanAt(all, 'password_authentication_enabled_for_git'),
    signUp: booleanAt(all, 'signup_enabled'),
    approvesSignUp: booleanAt(all, 'require_admin_approval_after_user_signup'),
    allowedEverywhere: () => rangesAt(all, 'globally_allowed_ips', 'Premium'),
    cleanupWorkers: numberAt(all, 'container_registry_expiration_policies_worker_capacity'),
  };
}

/** The release as `major.minor`, of getMetadata. */
export function release(raw: unknown): { readonly version: string; readonly of: Release } {
  const version = stringAt(objectOf(raw, 'the metadata'), 'version');
  const found = /^(\d{1,3})\.(\d{1,2})\.\d+/.exec(version);
  if (found === null) throw new DecodeError('version is no release');
  return { version, of: { major: Number(found[1]), minor: Number(found[2]) } };
}

interface Release {
  readonly major: number;
  readonly minor: number;
}

/** Releases of one major release: one each month, the first in May (docs, maintenance policy). */
const perMajor = 12;
const firstMonth = 4;
/** 17.0 came in May 2024. */
const reference = { major: 17, year: 2024 };
/** The stable release and the two before it get fixes. */
const supported = 3;

/** Until when a release gets security fixes: the third Thursday on which the third one after it comes. */
export function supportOf(
  { major, minor }: Release,
  now: string,
): ValueOf<RegistryFacts['version']>['support'] {
  const months = (major - reference.major) * perMajor + minor + supported;
  const first = new Date(Date.UTC(reference.year, firstMonth + months, 1));
  const thursday = ((4 - first.getUTCDay() + 7) % 7) + 1 + 14;
  const until = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), thursday),
  ).toISOString();
  return until > now ? { mode: 'supported', until } : { mode: 'ended', at: until };
}
