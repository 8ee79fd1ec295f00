import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';

const signIn = {
  why: 'denied',
  cure: 'sign in with az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret, certificate or federated token',
} as const;

const unregistered = {
  why: 'denied',
  cure: 'register the resource provider in the subscription with az provider register',
} as const;

/**
 * What errors mean everywhere in Azure: HTTP statuses (of 404 nobody says whether something is hidden),
 * codes of Resource Manager that no role puts right (Azure Resource Manager, common deployment errors),
 * the errors of the identity library, and answers that are not what their API promises.
 */
export const refused: Operation['means'] = {
  ...refusedByHttp,
  '401': signIn,
  '404': 'denied-or-absent',
  'sign-in': signIn,
  InvalidAuthenticationTokenTenant: {
    why: 'denied',
    cure: 'sign in to the tenant of the subscription, with az login --tenant TENANT or AZURE_TENANT_ID',
  },
  DenyAssignmentAuthorizationFailed: {
    why: 'denied',
    cure: 'exclude the auditor from the deny assignment that the message names',
  },
  MissingSubscriptionRegistration: unregistered,
  SubscriptionNotRegistered: unregistered,
  Firewall: {
    why: 'denied',
    cure: 'admit the address of this machine to the firewall, or scan from a network that it admits',
  },
  DecodeError: 'undecodable',
  PagingError: 'undecodable',
  BodyTooLarge: 'undecodable',
  ForeignHost: 'undecodable',
  TypeError: 'undecodable',
  SyntaxError: 'undecodable',
};
