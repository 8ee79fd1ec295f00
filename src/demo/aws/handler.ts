import type { Body } from '../fault-effects.ts';
import { AwsError } from './aws-error.ts';
import type { Estate, EstateRegion, EstateRepository } from './estate.ts';
import type { Input } from './request.ts';

/** The repositories of a region: a list from the estate, or a generated one. */
export interface Repositories {
  readonly size: number;
  /** The name at a position below `size`. */
  readonly nameAt: (position: number) => string;
  readonly find: (name: string) => EstateRepository | undefined;
}

/** The context of a call. */
export interface Place {
  readonly estate: Estate;
  readonly partition: string;
  /** Where the server answers. */
  readonly host: string;
  readonly region: string;
  readonly here: EstateRegion;
  readonly repositories: Repositories;
}

/** Handles one operation. Throws `AwsError` for errors of AWS. */
type Handler = (input: Input, place: Place) => Body;
/** By `service:Operation`. */
export type Handlers = Readonly<Record<string, Handler>>;

export function textOf(input: Input, key: string): string {
  const value = input[key];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`${key} is required`);
}

/** A list of strings in the request; null: absent. */
export function textsOf(input: Input, key: string, most: number): readonly string[] | null {
  const value = input[key];
  if (value === undefined) return null;
  if (!Array.isArray(value) || value.length === 0 || value.length > most)
    throw invalid(`${key} must have 1 to ${most} entries`);
  return value.map(String);
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

export function arn({ estate, partition, region }: Place, service: string, rest: string): string {
  return `arn:${partition}:${service}:${region}:${estate.account}:${rest}`;
}

/** A policy as the text that AWS stores. */
export function documentText(document: object | string): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
