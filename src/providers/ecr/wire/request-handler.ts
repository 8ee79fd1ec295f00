import { NodeHttpHandler } from '@smithy/node-http-handler';
import { capped } from '../../../http/body-cap.ts';

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
    httpsAgent: { keepAlive: true, maxSockets: sockets },
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
      response.body = capped(response.body, response.headers['content-length']);
      return { response };
    },
  };
}

/** For the SDK's own log lines, which are no results; errors reach us as rejections. */
export const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

export function ignore(): void {
  // Nothing is to be done.
}
