import { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bytesOf, decodeText } from '../../../http/body.ts';
import { largestBody } from '../../../http/body-cap.ts';
import { boundJson } from '../../../http/json.ts';

/**
 * The connections of some of the SDK's clients: bounded in number, in size of an answer, and in time.
 * `longest`: milliseconds for the beginning of an answer, and for any pause in it.
 */
export function requestHandler(sockets: number, longest = 60_000) {
  const handler = new NodeHttpHandler({
    connectionTimeout: 10_000,
    requestTimeout: longest,
    // By itself it would only warn of it.
    throwOnRequestTimeout: true,
    socketTimeout: longest,
    httpAgent: { keepAlive: true, maxSockets: sockets },
    // Said aloud: NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise switch verification off.
    httpsAgent: { keepAlive: true, maxSockets: sockets, rejectUnauthorized: true },
  });
  return {
    metadata: handler.metadata,
    httpHandlerConfigs: () => handler.httpHandlerConfigs(),
    updateHttpClientConfig: (...change: Parameters<NodeHttpHandler['updateHttpClientConfig']>) =>
      handler.updateHttpClientConfig(...change),
    /** Cuts what is under way. */
    destroy: () => handler.destroy(),
    handle: async (...request: Parameters<NodeHttpHandler['handle']>) => {
      const { response } = await handler.handle(...request);
      response.body = await bounded(response.body, response.headers);
      return { response };
    },
  };
}

/** A body that is read whole, within the bounds of every answer: the SDK would parse whatever comes. */
async function bounded(body: unknown, headers: Readonly<Record<string, string>>): Promise<unknown> {
  if (!(body instanceof Readable)) return body;
  const bytes = await bytesOf(body, headers, largestBody);
  boundJson(decodeText(bytes));
  return Readable.from([bytes]);
}

/** For the SDK's own log lines, which are no results; errors reach us as rejections. */
export const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

export function ignore(): void {
  // Nothing is to be done.
}
