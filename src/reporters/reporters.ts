import { renderCsv } from './csv.ts';
import { renderGithub } from './github.ts';
import { renderGitlabCodeQuality } from './gitlab-codequality.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderOcsf } from './ocsf.ts';
import type { Needs, Reporter } from './reporter.ts';
import { renderSarif } from './sarif.ts';
import { renderTable } from './table.ts';

export type Format =
  | 'table'
  | 'json'
  | 'sarif'
  | 'markdown'
  | 'junit'
  | 'csv'
  | 'ocsf'
  | 'gitlab-codequality'
  | 'github'
  | 'html';

export const reporters: Readonly<Record<Format, Reporter>> = {
  table: renderTable,
  json: renderJson,
  sarif: renderSarif,
  markdown: renderMarkdown,
  junit: renderJunit,
  csv: renderCsv,
  ocsf: renderOcsf,
  'gitlab-codequality': renderGitlabCodeQuality,
  github: renderGithub,
  html: renderHtml,
};

export const needs: Readonly<Record<Format, Needs>> = {
  table: 'gist',
  json: 'all',
  sarif: 'notable',
  markdown: 'gist',
  junit: 'verdicts',
  csv: 'verdicts',
  ocsf: 'verdicts',
  'gitlab-codequality': 'notable',
  github: 'gist',
  html: 'all',
};
