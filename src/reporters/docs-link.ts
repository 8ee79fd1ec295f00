const pages = 'https://github.com/regaudit/regaudit/blob/main/docs/checks/';

/** The address of the documentation page of a check; null: a custom check, which has none. */
export function docsLink(check: string): string | null {
  return /^[a-z0-9-]+$/.test(check) ? `${pages}${check}.md` : null;
}
