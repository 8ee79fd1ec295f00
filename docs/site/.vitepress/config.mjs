import { defineConfig } from 'vitepress';
import { checks, guides, registries, titleOf, writePages } from '../documents.mjs';

writePages();

export default defineConfig({
  title: 'regaudit',
  description: 'Audits container registries against the registry security checklist',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: '.cache',
  // The widest samples are 80 columns of a terminal.
  head: [
    [
      'style',
      {},
      '@media (min-width: 768px) { .vp-doc [class*=language-] code { font-size: 11.5px } }',
    ],
  ],
  markdown: {
    // The documents are plain Markdown: a tag or a pair of braces in them is text.
    html: false,
    config(markdown) {
      for (const rule of ['text', 'code_inline']) {
        const render = markdown.renderer.rules[rule];
        markdown.renderer.rules[rule] = (...given) =>
          render(...given).replaceAll('{{', '&#123;&#123;');
      }
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Adopting it', link: '/adopting' },
      { text: 'Checks', link: '/checks/' },
      { text: 'Checklist', link: '/checklist' },
      { text: 'Security', link: '/security' },
    ],
    sidebar: [
      {
        text: 'Guides',
        items: [
          { text: 'What it is', link: '/' },
          ...guides.map((name) => ({
            text: titleOf(`docs/${name}`),
            link: `/${name.replace(/\.md$/, '')}`,
          })),
          { text: 'The checklist', link: '/checklist' },
          { text: 'Security', link: '/security' },
          { text: 'Contributing', link: '/contributing' },
          { text: 'Changes', link: '/changelog' },
        ],
      },
      {
        text: 'Registries',
        items: registries.map((id) => ({
          text: titleOf(`src/providers/${id}/README.md`),
          link: `/registries/${id}`,
        })),
      },
      {
        text: 'Checks',
        collapsed: true,
        items: checks.map((id) => ({ text: id, link: `/checks/${id}` })),
      },
    ],
  },
});
