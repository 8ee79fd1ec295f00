import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * The documents of the repository as pages of the site. They stay where they are read without a site, and
 * their links name documents; here each becomes a page, and its links lead to pages.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = 'https://github.com/regaudit/regaudit/blob/main';
const folder = fileURLToPath(new URL('pages', import.meta.url));

const markdownIn = (path) =>
  readdirSync(join(root, path)).filter((name) => name.endsWith('.md') && name !== 'README.md');

/** The ids of the registries that have a page. */
export const registries = readdirSync(join(root, 'src/providers')).filter((id) =>
  existsSync(join(root, 'src/providers', id, 'README.md')),
);
/** The ids of the checks. */
export const checks = markdownIn('docs/checks').map((name) => name.replace(/\.md$/, ''));
/** The guides, by their file names. */
export const guides = markdownIn('docs');

/** Which page each document becomes. */
export const pages = {
  'README.md': 'index.md',
  'checks/README.md': 'checklist.md',
  'SECURITY.md': 'security.md',
  'CONTRIBUTING.md': 'contributing.md',
  'CHANGELOG.md': 'changelog.md',
  'src/declarative/README.md': 'declarative-checks.md',
  ...Object.fromEntries(guides.map((name) => [`docs/${name}`, name])),
  'docs/checks/README.md': 'checks/index.md',
  ...Object.fromEntries(checks.map((id) => [`docs/checks/${id}.md`, `checks/${id}.md`])),
  ...Object.fromEntries(
    registries.map((id) => [`src/providers/${id}/README.md`, `registries/${id}.md`]),
  ),
};

/** The first heading of a document. */
export function titleOf(document) {
  return /^# (.+)$/m.exec(readFileSync(join(root, document), 'utf8'))?.[1] ?? document;
}

/** Writes all pages anew. Throws if a document links to what is not in the repository. */
export function writePages() {
  rmSync(folder, { recursive: true, force: true });
  for (const [document, page] of Object.entries(pages)) {
    const text = readFileSync(join(root, document), 'utf8');
    mkdirSync(dirname(join(folder, page)), { recursive: true });
    writeFileSync(join(folder, page), withLinks(text, document));
  }
}

function withLinks(text, document) {
  let fenced = false;
  // Comments are for those who edit the document.
  return text
    .replaceAll(/^<!--.*-->\n/gm, '')
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) fenced = !fenced;
      return fenced
        ? line
        : line.replaceAll(/\]\(([^)\s]+)\)/g, (_, href) => `](${leadsTo(href, document)})`);
    })
    .join('\n');
}

/** A link out of a document: to the page of another, else to the file where the source is kept. */
function leadsTo(href, document) {
  if (/^(?:[a-z]+:|#|\/\/)/i.test(href)) return href;
  const [path, anchor] = href.split('#');
  const target = posix.join(posix.dirname(document), decodeURI(path)).replace(/\/$/, '');
  if (!existsSync(join(root, target)))
    throw new Error(`${document} links to ${href}, which is not there`);
  const end = anchor === undefined ? '' : `#${anchor}`;
  const page = pages[target] ?? pages[`${target}/README.md`];
  return page === undefined ? `${source}/${target}${end}` : `/${page}${end}`;
}
