import {
  DecodeError,
  groupsOf,
  type JsonObject,
  maybeString,
  stringAt,
} from '../../../decode/fields.ts';

/** An object of Microsoft Entra ID, as far as it tells where it is from. */
export interface DirectoryObject {
  /** Lower case. */
  readonly id: string;
  /** What people know it by. */
  readonly name: string;
  readonly from:
    | { readonly mode: 'own' }
    /** Of Microsoft itself. */
    | { readonly mode: 'platform' }
    /** `home`: a tenant or a domain; empty: not told. */
    | { readonly mode: 'elsewhere'; readonly home: string }
    | { readonly mode: 'untold' }
    /** Its members tell. */
    | { readonly mode: 'group' };
}

/** The tenants that Microsoft's own applications belong to (first-party application ids). */
const platformTenants = [
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
];

/** In: an entry of Directory_GetByIds or of the members of a group; `tenant`: the registry's own. */
export function directoryObject(entry: JsonObject, tenant: string): DirectoryObject {
  const type = stringAt(entry, '@odata.type').toLowerCase();
  const id = stringAt(entry, 'id').toLowerCase();
  switch (type) {
    case '#microsoft.graph.user':
      return { id, ...userIn(entry, id) };
    case '#microsoft.graph.serviceprincipal':
      return { id, name: nameIn(entry, id), from: applicationFrom(entry, tenant) };
    case '#microsoft.graph.group':
      return { id, name: nameIn(entry, id), from: { mode: 'group' } };
    case '#microsoft.graph.device':
      return { id, name: nameIn(entry, id), from: { mode: 'own' } };
    default:
      throw new DecodeError(`@odata.type is "${type.slice(0, 60)}", which is no kind of principal`);
  }
}

function nameIn(entry: JsonObject, id: string): string {
  const name = maybeString(entry, 'displayName');
  return name === null ? id : name;
}

/** Guests have `#EXT#` in their name even where they count as members (B2B user properties). */
function userIn(entry: JsonObject, id: string): Pick<DirectoryObject, 'name' | 'from'> {
  const principalName = maybeString(entry, 'userPrincipalName');
  const name = principalName === null ? nameIn(entry, id) : principalName;
  const [local] = groupsOf(/^(.*)#EXT#/i, name);
  if (local !== undefined) return { name, from: { mode: 'elsewhere', home: domainIn(local) } };
  const type = maybeString(entry, 'userType');
  if (type === 'Guest') return { name, from: { mode: 'elsewhere', home: '' } };
  return { name, from: { mode: type === 'Member' ? 'own' : 'untold' } };
}

/** `eve_brand.example` was `eve@brand.example`. */
function domainIn(local: string): string {
  const at = local.lastIndexOf('_');
  return at < 0 ? '' : local.slice(at + 1).toLowerCase();
}

/** A managed identity has no owner beside its subscription; every other application names one. */
function applicationFrom(entry: JsonObject, tenant: string): DirectoryObject['from'] {
  const owner = maybeString(entry, 'appOwnerOrganizationId');
  if (owner === null) {
    const kind = maybeString(entry, 'servicePrincipalType');
    return { mode: kind === 'ManagedIdentity' ? 'own' : 'untold' };
  }
  const home = owner.toLowerCase();
  if (home === tenant.toLowerCase()) return { mode: 'own' };
  return platformTenants.includes(home) ? { mode: 'platform' } : { mode: 'elsewhere', home };
}
