import type { Fault } from '../fault.ts';
import type { RefusalKind } from '../fault-effects.ts';
import { faultsAtWork } from '../faults-at-work.ts';
import { contentAt } from '../stored-content.ts';
import type { WireAnswer, WireRequest } from '../wire-server.ts';
import { AwsError } from './aws-error.ts';
import type { Estate } from './estate.ts';
import type { Handlers, Place, Repositories } from './handler.ts';
import { encode, encodeError } from './protocol.ts';
import { denied, regionNotEnabled, throttled, unknownOperation } from './refusals.ts';
import { type AwsRequest, awsRequest } from './request.ts';
import { account } from './services/account.ts';
import { cloudtrail } from './services/cloudtrail.ts';
import { ec2 } from './services/ec2.ts';
import { ecrImages } from './services/ecr-images.ts';
import { ecrRegistry } from './services/ecr-registry.ts';
import { ecrRepositories } from './services/ecr-repositories.ts';
import { ecrScanning } from './services/ecr-scanning.ts';
import { iam } from './services/iam.ts';
import { inspector } from './services/inspector.ts';
import { keysAndProfiles } from './services/keys-and-profiles.ts';
import { estateSeenBy } from './session.ts';

const handlers: Handlers = {
  ...account,
  ...cloudtrail,
  ...ec2,
  ...ecrImages,
  ...ecrRegistry,
  ...ecrRepositories,
  ...ecrScanning,
  ...iam,
  ...inspector,
  ...keysAndProfiles,
};

/** The responses of an estate, and a record of its calls. */
export interface AwsAnswers {
  readonly answer: (request: WireRequest) => WireAnswer;
  /** Calls per `service:Operation`, including retries. */
  readonly calls: ReadonlyMap<string, number>;
  /** Faults that have not affected a call yet. */
  readonly unmetFaults: () => readonly Fault[];
}

/** The repositories of a region, if not in the estate. */
export type RepositoriesIn = (region: string) => Repositories;

/** Responds like AWS from an estate. Signatures are read, not verified. */
export function awsAnswers(
  estate: Estate,
  repositoriesIn: RepositoriesIn = (region) => listed(estate, region),
): AwsAnswers {
  const calls = new Map<string, number>();
  const faults = faultsAtWork(estate.faults);
  const answered = (request: AwsRequest): WireAnswer => {
    const name = nameOf(request);
    const { refusal, alter, spoil } = faults.meet({
      ...request,
      name,
      subject: subjectOf(request),
    });
    const refused = refusal();
    if (refused !== null) throw refusals[refused](request, estate.caller);
    const handler = handlers[name];
    if (handler === undefined) throw unknownOperation(request);
    const seen = estateSeenBy(request.accessKey, estate);
    const body = handler(request.input, placeOf(request, seen, repositoriesIn));
    return spoil(encode(request, alter(body)));
  };
  return {
    calls,
    unmetFaults: faults.unmet,
    answer: (wire) => {
      const request = awsRequest(wire);
      if (request === null) return layerAt(estate, wire) ?? notAws;
      const name = nameOf(request);
      calls.set(name, (calls.get(name) ?? 0) + 1);
      try {
        return answered(request);
      } catch (error) {
        if (error instanceof AwsError) return encodeError(request, error);
        throw error;
      }
    },
  };
}

const refusals: Readonly<Record<RefusalKind, (asked: AwsRequest, caller: string) => AwsError>> = {
  denied,
  throttled,
  'not-implemented': unknownOperation,
};

/** What a request names; page sizes, tokens and the like are no texts or name nothing in a response. */
function subjectOf({ input }: AwsRequest): readonly string[] {
  return Object.values(input)
    .flat()
    .filter((value) => typeof value === 'string');
}

function nameOf({ service, operation }: AwsRequest): string {
  return `${service}:${operation}`;
}

/** Services with the same response in every region, or that list regions. */
const repositoryDefaults = ['sts', 'iam', 'organizations', 'ecr-public', 'ec2'];

function placeOf(request: AwsRequest, estate: Estate, repositoriesIn: RepositoriesIn): Place {
  const { service, region, host } = request;
  const here = estate.regions[region];
  if (here === undefined && !repositoryDefaults.includes(service)) throw regionNotEnabled(request);
  return {
    estate,
    partition: estate.partition ?? 'aws',
    region,
    host,
    here: here ?? {},
    repositories: repositoriesIn(region),
  };
}

function listed(estate: Estate, region: string): Repositories {
  const repositories = estate.regions[region]?.repositories ?? {};
  const names = Object.keys(repositories);
  return {
    size: names.length,
    nameAt: (position) => names[position] ?? '',
    find: (name) => repositories[name],
  };
}

/** A layer in the storage behind ECR, at the address that `GetDownloadUrlForLayer` gives; null: none. */
function layerAt({ regions }: Estate, { path }: WireRequest): WireAnswer | null {
  const [, digest] = /^\/layers\/(sha256:[0-9a-f]{64})$/.exec(path) ?? [];
  if (digest === undefined) return null;
  for (const { repositories = {} } of Object.values(regions)) {
    for (const { layers } of Object.values(repositories)) {
      const found = contentAt(layers, digest);
      if (found !== null)
        return { status: 200, headers: found.headers ?? {}, body: found.text ?? '' };
    }
  }
  return null;
}

const notAws: WireAnswer = {
  status: 403,
  headers: { 'content-type': 'text/plain' },
  body: 'This stands in for AWS and answers signed requests of the AWS SDK alone.',
};
