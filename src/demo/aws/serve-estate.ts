import { serve } from '../wire-server.ts';
import { type AwsAnswers, awsAnswers } from './answers.ts';
import type { Estate } from './estate.ts';

/** An estate served over HTTP. */
export interface ServedEstate extends Pick<AwsAnswers, 'calls' | 'unmetFaults'> {
  readonly endpoint: string;
  /** Environment variables for an AWS SDK, with credentials that are not valid anywhere else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate): Promise<ServedEstate> {
  const { answer, calls, unmetFaults } = awsAnswers(estate);
  const { url, close } = await serve(answer);
  const [region = 'us-east-1'] = Object.keys(estate.regions);
  return {
    endpoint: url,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'demo',
      AWS_SECRET_ACCESS_KEY: 'demo',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    calls,
    unmetFaults,
    close,
  };
}
