/**
 * What a registry token lets its holder do with a repository (distribution, Token Authentication: the claim
 * `access`); null: the token does not tell, because it is opaque or of another form.
 */
export function rightsIn(token: string, repository: string): readonly string[] | null {
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  const access = accessIn(Buffer.from(payload, 'base64url').toString('utf8'));
  if (access === null) return null;
  const rights: string[] = [];
  for (const entry of access) {
    if (typeof entry !== 'object' || entry === null) return null;
    const { type, name, actions } = entry as Readonly<Record<string, unknown>>;
    if (!Array.isArray(actions) || !actions.every((one) => typeof one === 'string')) return null;
    if (type === 'repository' && name === repository) rights.push(...(actions as string[]));
  }
  return rights;
}

/** Whether any of these rights lets somebody write. A word that is not `pull` counts as one that does. */
export function mayWrite(rights: readonly string[]): boolean {
  return rights.some((right) => right !== 'pull');
}

/** The claim; null: there is none. Distribution writes null for no rights at all. */
function accessIn(payload: string): readonly unknown[] | null {
  try {
    const claims: unknown = JSON.parse(payload);
    if (typeof claims !== 'object' || claims === null || !('access' in claims)) return null;
    if (claims.access === null) return [];
    return Array.isArray(claims.access) ? claims.access : null;
  } catch {
    return null;
  }
}
