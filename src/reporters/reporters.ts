import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import type { Needs, Reporter } from './reporter.ts';
import { renderSarif } from './sarif.ts';
import { renderTable } from './table.ts';

export type Format = 'table' | 'json' | 'sarif' | 'html';

export const reporters: Readonly<Record<Format, Reporter>> = {
  table: renderTable,
  json: renderJson,
  sarif: renderSarif,
  html: renderHtml,
};

export const needs: Readonly<Record<Format, Needs>> = {
  table: 'gist',
  json: 'all',
  sarif: 'notable',
  html: 'all',
};
