/**
 * Whether a whole text matches a pattern: `*` is any run without `/`, `**` any run. Case-sensitive. At most
 * text × pattern steps: both are untrusted, so neither becomes a regular expression.
 */
export function globMatches(pattern: string, text: string): boolean {
  const parts = pattern.match(/\*{1,2}|[^*]/gsu) ?? [];
  const letters = [...text];
  let reach = new Set([0]);
  for (const part of parts) {
    reach = part.startsWith('*') ? spread(reach, letters, part) : advanced(reach, letters, part);
    if (reach.size === 0) return false;
  }
  return reach.has(letters.length);
}

function spread(reach: ReadonlySet<number>, letters: readonly string[], star: string): Set<number> {
  const next = new Set<number>();
  for (const start of reach) {
    for (let at = start; !next.has(at); at += 1) {
      next.add(at);
      if (at >= letters.length || (star === '*' && letters[at] === '/')) break;
    }
  }
  return next;
}

function advanced(
  reach: ReadonlySet<number>,
  letters: readonly string[],
  part: string,
): Set<number> {
  return new Set([...reach].flatMap((at) => (letters[at] === part ? [at + 1] : [])));
}

/**
 * Why a subject pattern lets strangers in, or null. A host and the name after it must be written out: in
 * `https://github.com/acme*…` the star also fits `acme-evil`.
 */
export function tooWide(pattern: string): string | null {
  if (!pattern.includes('*')) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\/([^/]*)(?:\/([^/]*))?/.exec(pattern);
  if (address === null) {
    const [, domain = ''] = pattern.split('@');
    return domain === '' || domain.includes('*') ? 'the domain must be written out' : null;
  }
  const [, host = '', owner = ''] = address;
  if (host.includes('*')) return 'the host must be written out';
  if (owner === '' || owner.includes('*'))
    return `the owner must be written out: "${pattern.slice(0, pattern.indexOf('*'))}*" also fits strangers`;
  return null;
}
