import { renderCsv } from './csv.ts';
import { renderGithub } from './github.ts';
import { renderGitlabCodeQuality } from './gitlab-codequality.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import { renderOcsf } from './ocsf.ts';
import { renderOpenMetrics } from './openmetrics.ts';
import type { Needs, Reporter } from './reporter.ts';
import { renderSarif } from './sarif/sarif.ts';
import { renderTable } from './table/table.ts';

export type Format =
  | 'table'
  | 'json'
  | 'sarif'
  | 'markdown'
  | 'junit'
  | 'csv'
  | 'ocsf'
  | 'openmetrics'
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
  openmetrics: renderOpenMetrics,
  'gitlab-codequality': renderGitlabCodeQuality,
  github: renderGithub,
  html: renderHtml,
};

export const needs: Readonly<Record<Format, Needs>> = {
  table: 'summary',
  json: 'all',
  sarif: 'notable',
  markdown: 'summary',
  junit: 'verdicts',
  csv: 'verdicts',
  ocsf: 'verdicts',
  openmetrics: 'verdicts',
  'gitlab-codequality': 'notable',
  github: 'summary',
  html: 'all',
};
