import type { JsonObject } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { release } from '../decode/instance.ts';
import { type Project, switchOf, upstreamId } from '../decode/project.ts';

/** What a project asks of images that are pulled. */
export interface Demands {
  readonly cosign: boolean;
  /** Ignored where images come from an upstream (src/server/middleware/contenttrust). */
  readonly contentTrust: boolean;
}

export function demandsOf(project: Project): Demands {
  const contentTrust = switchOf(project, 'enable_content_trust');
  return {
    cosign: switchOf(project, 'enable_content_trust_cosign'),
    contentTrust: contentTrust && upstreamId(project) === null,
  };
}

/** Content trust has meant Notation since release 2.9; before, Notary v1, which is retired. */
const firstWithNotation = 9;

/** Which signatures an image must have to be pulled. */
function required({ cosign, contentTrust }: Demands, info: JsonObject): string[] {
  const notation = contentTrust && release(info).minor >= firstWithNotation;
  return [...(cosign ? ['cosign'] : []), ...(notation ? ['Notation'] : [])];
}

export function signing(demands: Demands, info: JsonObject): ValueOf<RepositoryFacts['signing']> {
  const tools = required(demands, info);
  return tools.length === 0
    ? { mode: 'off', why: 'neither cosign nor Notation signatures are asked for' }
    : { mode: 'on', by: `${tools.join(' and ')} (required at pull)` };
}

/** That a signature is there is all that Harbor looks at, not whose it is (goharbor/harbor#18808). */
export function signatureGate(
  demands: Demands,
  info: JsonObject,
): ValueOf<RepositoryFacts['signatureGate']> {
  return required(demands, info).length === 0 ? { mode: 'none' } : { mode: 'existence-only' };
}
