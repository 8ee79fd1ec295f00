import type { JsonObject } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { type AuthMode, flagItem, textItem } from '../decode/instance.ts';

type Directory = ValueOf<RegistryFacts['directory']>;

/** How Harbor speaks to the directory that people sign in through. Only administrators can read it. */
export function directoryOf(mode: AuthMode, settings: JsonObject): Directory {
  switch (mode) {
    case 'db_auth':
      return { mode: 'none' };
    case 'ldap_auth':
      return ldap(textItem(settings, 'ldap_url'), flagItem(settings, 'ldap_verify_cert'));
    case 'oidc_auth':
      return overHttps(
        'OIDC',
        [textItem(settings, 'oidc_endpoint')],
        flagItem(settings, 'oidc_verify_cert'),
      );
    case 'uaa_auth':
      return overHttps(
        'UAA',
        [textItem(settings, 'uaa_endpoint')],
        flagItem(settings, 'uaa_verify_cert'),
      );
    case 'http_auth':
      return overHttps(
        'the authentication proxy',
        [
          textItem(settings, 'http_authproxy_endpoint'),
          textItem(settings, 'http_authproxy_tokenreview_endpoint'),
        ],
        flagItem(settings, 'http_authproxy_verify_cert'),
      );
  }
}

/** Harbor knows no StartTLS, and takes port 636 for LDAPS whatever the scheme (src/pkg/ldap/ldap.go). */
function ldap(url: string, verified: boolean): Directory {
  const through = named('LDAP', url);
  const encrypted = /^ldaps:/i.test(url) || /^(?:ldap:\/\/)?[^/]+:636\/?$/i.test(url);
  if (!encrypted) return { mode: 'unverified', through, why: 'plain LDAP' };
  return verified
    ? { mode: 'verified', through }
    : { mode: 'unverified', through, why: 'its certificate is not verified' };
}

function overHttps(name: string, urls: readonly string[], verified: boolean): Directory {
  const through = named(name, urls[0] ?? '');
  if (urls.some((url) => !/^https:/i.test(url))) {
    return { mode: 'unverified', through, why: 'not every address of it is https' };
  }
  return verified
    ? { mode: 'verified', through }
    : { mode: 'unverified', through, why: 'its certificate is not verified' };
}

function named(name: string, url: string): string {
  const host = hostOf(url);
  return host === null ? name : `${name} at ${host}`;
}
