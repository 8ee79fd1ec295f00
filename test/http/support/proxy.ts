import { createServer, request as forward } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Proxy {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** What it was asked for: `CONNECT host:port` or `GET http://…`, and its credential. */
  readonly asked: readonly { readonly line: string; readonly credential: string | undefined }[];
}

/** A real HTTP proxy on loopback for one test; ends with it. */
export async function proxy(): Promise<Proxy> {
  const asked: { line: string; credential: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    asked.push({ line: `${method} ${url}`, credential: headers['proxy-authorization'] });
    const onward = forward(url, { method: method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', ({ url = '', headers }, client: Socket) => {
    asked.push({ line: `CONNECT ${url}`, credential: headers['proxy-authorization'] });
    const onward = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(client);
      client.pipe(onward);
    });
    for (const socket of [client, onward]) socket.on('error', () => undefined);
    sockets.add(onward);
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
