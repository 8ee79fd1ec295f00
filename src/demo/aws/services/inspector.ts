import { arn, type Handlers, type Place } from '../handler.ts';
import { inspectorPaging, page } from '../page.ts';
import { digestOf } from './ecr-images.ts';

/** Amazon Inspector API reference: the scan status of this account's images, and the findings. */
export const inspector: Handlers = {
  'inspector2:BatchGetAccountStatus': (_, { estate, here }) => {
    const status = here.inspector?.ecr ?? 'DISABLED';
    // AWS sends an error code in every state; none of them means "no error".
    const off = { status: 'DISABLED', errorCode: 'ALREADY_ENABLED', errorMessage: '' };
    const resourceState = { ec2: off, ecr: { ...off, status } };
    const state = { ...off, status: status === 'DISABLED' ? 'DISABLED' : 'ENABLED' };
    return { accounts: [{ accountId: estate.account, state, resourceState }], failedAccounts: [] };
  },
  'inspector2:GetConfiguration': (_, { here }) => ({
    ecrConfiguration: {
      rescanDurationState: {
        rescanDuration: here.inspector?.rescanDuration ?? 'DAYS_14',
        status: 'SUCCESS',
      },
    },
  }),
  'inspector2:ListCoverage': (input, place) => {
    const { entries, next } = page(
      input,
      watched(place),
      { ...inspectorPaging, most: 200 },
      place.estate,
    );
    return {
      coveredResources: entries.map(({ repository, digest }) => ({
        accountId: place.estate.account,
        resourceId: arn(place, 'ecr', `repository/${repository}/${digest}`),
        resourceType: 'AWS_ECR_CONTAINER_IMAGE',
        scanType: 'PACKAGE',
        scanStatus: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' },
      })),
      nextToken: next,
    };
  },
  'inspector2:ListFindingAggregations': (input, place) => {
    const { entries, next } = page(input, watched(place), inspectorPaging, place.estate);
    return {
      aggregationType: 'AWS_ECR_CONTAINER',
      responses: entries.map(({ repository, digest, tags, counts }) => ({
        awsEcrContainerAggregation: {
          resourceId: arn(place, 'ecr', `repository/${repository}/${digest}`),
          accountId: place.estate.account,
          repository,
          imageSha: digest,
          imageTags: tags,
          severityCounts: {
            all: Object.values(counts).reduce((sum, count) => sum + count, 0),
            critical: counts['CRITICAL'] ?? 0,
            high: counts['HIGH'] ?? 0,
            medium: counts['MEDIUM'] ?? 0,
          },
        },
      })),
      nextToken: next,
    };
  },
};

/** The images that enhanced scanning covers. */
function watched({ here }: Place) {
  if (here.registry?.scanning?.scanType !== 'ENHANCED') return [];
  return Object.entries(here.repositories ?? {}).flatMap(([repository, { images }]) =>
    (images ?? []).flatMap(({ name, tags, scan }) =>
      typeof scan === 'object'
        ? [{ repository, digest: digestOf(name), tags: tags ?? [], counts: scan }]
        : [],
    ),
  );
}
