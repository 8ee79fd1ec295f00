import type { Access } from '../../../src/aws-policy/access.ts';
import { accessGranted } from '../../../src/aws-policy/access.ts';
import type { PolicyDocument } from '../../../src/aws-policy/document.ts';
import type { Grantee } from '../../../src/aws-policy/grantee.ts';
import { parsePolicy } from '../../../src/aws-policy/parse.ts';

export const OWN = '111111111111';
export const PARTNER = '222222222222';
export const EVIL = '999999999999';
export const OWN_ORG = 'o-ownownown0';
export const PARTNER_ORG = 'o-partner000';
export const EVIL_ORG = 'o-evilevil00';
export const REPOSITORY = `arn:aws:ecr:eu-west-1:${OWN}:repository/app`;
export const PUSH = ['ecr:PutImage'];
export const PULL = ['ecr:BatchGetImage'];

export type Json = Readonly<Record<string, unknown>>;

/** A document of the current language with these statements. */
export function policy(...statements: readonly Json[]): PolicyDocument {
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

export function allow(more: Json = {}): Json {
  return { Effect: 'Allow', Principal: '*', Action: 'ecr:*', ...more };
}

export function deny(more: Json = {}): Json {
  return { Effect: 'Deny', Principal: '*', Action: 'ecr:*', ...more };
}

/** Who may push, under these statements in one repository policy of an account in OWN_ORG. */
export function access(...statements: readonly Json[]): Access {
  return accessGranted(scene(policy(...statements)), PUSH);
}

export function scene(...policies: readonly PolicyDocument[]) {
  const home = { account: OWN, organization: OWN_ORG };
  return { policies, home, resource: REPOSITORY };
}

/** One short word per grantee, so that a table can be read. */
export function words({ grantees }: Pick<Access, 'grantees'>): readonly string[] {
  return grantees
    .map((one) => `${who(one)}${where(one)}${one.undecided.length > 0 ? '?' : ''}`)
    .sort();
}

function who(one: Grantee): string {
  switch (one.kind) {
    case 'any-account':
      return 'anyone';
    case 'organization':
      return `${one.own === true ? 'own' : one.own === false ? 'other' : 'some'}-org:${one.id}`;
    case 'account':
      return `${one.own ? 'own' : 'foreign'}:${one.id}`;
    case 'principal':
      return `${one.own ? 'own' : 'foreign'}:${one.arn}`;
    case 'service':
      return `${one.name}${one.sources === null ? ' for anybody' : ''}`;
    case 'federated':
      return `${one.provider.split('/').at(-1)} ${one.subjects?.join('|') ?? 'any subject'}`;
    case 'user-id':
    case 'canonical-user':
    case 'deleted-principal':
      return `${one.kind}:${one.id}`;
  }
}

function where({ from, members }: Grantee): string {
  const lists = from === null ? [] : Object.values(from).flat();
  const inside = members === null ? '' : ` in ${members.join('|')}`;
  return lists.length === 0 ? inside : `${inside} from ${lists.join('|')}`;
}
