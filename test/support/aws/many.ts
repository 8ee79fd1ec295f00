import { type AwsAnswers, awsAnswers } from '../../../src/demo/aws/answers.ts';
import type { Estate, EstateRepository } from '../../../src/demo/aws/estate.ts';
import type { Repositories } from '../../../src/demo/aws/handler.ts';
import type { Answerer } from '../../../src/demo/wire-server.ts';

export interface Many {
  readonly answer: Answerer;
  readonly calls: AwsAnswers['calls'];
}

export interface Size {
  readonly repositories: number;
  /** Milliseconds every answer takes. */
  readonly latency?: number;
}

/**
 * Answers for one registry, `estate`'s settings in eu-west-1, with so many repositories. They are made
 * up as they are read, so that the answering side's memory does not grow with their number.
 */
export function many(estate: Estate, { repositories, latency }: Size): Many {
  const { answer, calls } = awsAnswers(estate, (region) =>
    madeUp(region === 'eu-west-1' ? repositories : 0),
  );
  return {
    calls,
    answer: (request) =>
      latency === undefined ? answer(request) : { ...answer(request), delay: latency },
  };
}

function madeUp(size: number): Repositories {
  return {
    size,
    nameAt: (position) => `team-${position % 100}/service-${position}`,
    find: (name) => {
      const position = Number(/^team-\d+\/service-(\d{1,9})$/.exec(name)?.[1] ?? size);
      return position < size ? kinds[position % kinds.length] : undefined;
    },
  };
}

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'PullByOwnOrganisation',
      Effect: 'Allow',
      Principal: '*',
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    },
  ],
};
const selection = {
  tagStatus: 'untagged',
  countType: 'sinceImagePushed',
  countUnit: 'days',
  countNumber: 14,
};
const lifecyclePolicy = { rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] };
const images = Array.from({ length: 5 }, (_, index) => ({
  name: `build ${index}`,
  tags: [`1.0.${index}`],
  pushedAt: `2026-10-0${index + 1}T08:00:00Z`,
  scan: { HIGH: index },
}));

/** What repositories look like, in turn. */
const kinds: readonly EstateRepository[] = [
  { imageTagMutability: 'IMMUTABLE', policy, lifecyclePolicy, images },
  { lifecyclePolicy, images },
  { policy, images },
  {},
];
