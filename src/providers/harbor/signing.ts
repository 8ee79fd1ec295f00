import type { ValueOf } from '../../model/fact.ts';
import type { RepositoryFacts } from '../../model/repository.ts';
import { type Project, switchOf, upstreamId } from './decode/project.ts';

/**
 * Which signatures an image must have to be pulled. `enable_content_trust` has asked for Notation since
 * Notary v1 was removed, and is ignored where images come from an upstream
 * (src/server/middleware/contenttrust).
 */
function required(project: Project): string[] {
  const notation = switchOf(project, 'enable_content_trust') && upstreamId(project) === null;
  return [
    ...(switchOf(project, 'enable_content_trust_cosign') ? ['cosign'] : []),
    ...(notation ? ['Notation'] : []),
  ];
}

export function signing(project: Project): ValueOf<RepositoryFacts['signing']> {
  const tools = required(project);
  return tools.length === 0
    ? { mode: 'off', why: 'neither cosign nor Notation signatures are asked for' }
    : { mode: 'on', by: `${tools.join(' and ')} (required at pull)` };
}

/** That a signature is there is all that Harbor looks at, not whose it is (goharbor/harbor#18808). */
export function signatureGate(project: Project): ValueOf<RepositoryFacts['signatureGate']> {
  return required(project).length === 0 ? { mode: 'none' } : { mode: 'existence-only' };
}
