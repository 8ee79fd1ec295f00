import { text } from 'node:stream/consumers';
import { HttpRequest } from '@smithy/core/protocols';
import { expect, onTestFinished, test } from 'vitest';
import { requestHandler } from '../../src/providers/ecr/wire/request-handler.ts';
import { type Handler, serve } from '../http/support/serve.ts';

async function asked(handler: Handler): Promise<string> {
  const { base } = await serve(handler);
  const connections = requestHandler({ sockets: 1, tls: { environment: {} }, longest: 300 });
  onTestFinished(() => connections.destroy());
  const { hostname, port } = new URL(base);
  const request = new HttpRequest({ protocol: 'http:', hostname, port: Number(port), path: '/' });
  const { response } = await connections.handle(request);
  return text(response.body);
}

test('an answer of AWS that never begins is given up', async () => {
  await expect(asked(() => undefined)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test.each([
  ['as long as it said', { 'content-length': 9 }],
  ['of no known length', {}],
])('an answer of AWS, %s, that begins and never ends is given up', async (_, headers) => {
  const begun = asked((_, response) => {
    response.writeHead(200, headers).write('{');
  });
  await expect(begun).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('an answer of AWS that drips without end is given up', async () => {
  const dripping = asked((_, response) => {
    response.writeHead(200, {}).write('[');
    const drip = setInterval(() => response.write('0,'), 50);
    response.on('close', () => clearInterval(drip));
  });
  await expect(dripping).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('an answer of AWS in another protocol is given up', async () => {
  const switching = asked(({ socket }) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
  });
  await expect(switching).rejects.toMatchObject({ name: expect.stringContaining('Error') });
});
