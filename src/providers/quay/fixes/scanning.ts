import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { guides, setting } from './pages.ts';

const scanner = {
  ...setting(
    'FEATURE_SECURITY_SCANNER: true and SECURITY_SCANNER_V4_ENDPOINT, with Clair beside it',
  ),
  risk: 'Clair takes a database and time for all images that are there already.',
  references: [guides.managing],
} satisfies Fix;

const rebuild = {
  console: '(repository) > Tags > (tag) > Security Scan',
  instead:
    'Build the image anew on a base without the findings and push it under a new tag. What cannot be scanned is told by its layers: they are too large, or of a system that Clair does not know.',
  risk: 'What runs the old image has to be deployed again.',
  undo: 'Deploy the former image.',
  references: [guides.using],
} satisfies Fix;

export const scanning = {
  'push-scan-on': scanner,
  'recent-images-clean': rebuild,
  'recent-images-scanned': rebuild,
  'rescan-on': scanner,
} satisfies Record<Failable['scanning'], Fix>;
