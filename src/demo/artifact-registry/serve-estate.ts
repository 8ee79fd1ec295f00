import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RestAnswers } from '../rest.ts';
import { serve, type WireAnswer, type WireRequest } from '../wire-server.ts';
import { googleAnswers, subjectToken } from './answers.ts';
import type { Estate } from './estate.ts';

/** An estate served over HTTP. */
export interface ServedEstate extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly endpoint: string;
  /** Application default credentials for this server; not valid anywhere else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/**
 * Serves an estate on the loopback interface. Sign-in uses workload identity federation with a token endpoint
 * of this server. `onTheWay`: changes a response before it is sent. Rejects if no port can be opened.
 */
export async function serveEstate(
  estate: Estate,
  onTheWay: (request: WireRequest, answer: WireAnswer) => WireAnswer = (_, answer) => answer,
): Promise<ServedEstate> {
  const { answer, calls, strays, unmetFaults } = googleAnswers(estate);
  const { url, close } = await serve((request) => onTheWay(request, answer(request)));
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-google-'));
  const credentials = join(folder, 'credentials.json');
  const subject = join(folder, 'subject-token');
  writeFileSync(subject, subjectToken, { mode: 0o600 });
  writeFileSync(credentials, JSON.stringify(federation(url, subject)), { mode: 0o600 });
  const [project = ''] = Object.keys(estate.projects);
  return {
    endpoint: url,
    environment: {
      GOOGLE_APPLICATION_CREDENTIALS: credentials,
      GOOGLE_CLOUD_PROJECT: project,
      METADATA_SERVER_DETECTION: 'none',
    },
    calls,
    strays,
    unmetFaults,
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function federation(url: string, subject: string): object {
  return {
    type: 'external_account',
    audience:
      '//iam.googleapis.com/projects/415104041262/locations/global/workloadIdentityPools/demo/providers/demo',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${url}/v1/token`,
    credential_source: { file: subject },
  };
}
