import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { contractSource } from './contract-source.ts';
import { fenceSource } from './fence-source.ts';

/** A module that runs behind a fence; each call waits for its answer. */
export interface Fenced {
  /** Throws when the module throws, answers with no text, or takes longer than it may. */
  readonly call: (name: 'describe' | 'rows' | 'judge', text?: string) => string;
  readonly end: () => void;
}

/** Milliseconds. Judging is arithmetic on a few values; starting reads and links a module. */
export interface FenceLimits {
  readonly start: number;
  readonly call: number;
}
export const standardLimits: FenceLimits = { start: 10_000, call: 2_000 };

/**
 * Starts a module in a thread of its own, which has no environment, no standard streams and little
 * memory. In: the files beside each other, by name, and which of them is meant. The caller's thread
 * waits while the module works: a check is a function, and the engine judges one at a time. A module
 * that does not answer is ended and stays so. Throws when it does not start.
 */
export function fenced(
  files: Readonly<Record<string, string>>,
  entry: string,
  limits: FenceLimits = standardLimits,
): Fenced {
  const signal = new SharedArrayBuffer(4);
  const done = new Int32Array(signal);
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(fenceSource, {
    eval: true,
    env: {},
    argv: [],
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
    workerData: { port: port2, signal, files, entry, contract: contractSource },
    transferList: [port2],
  });
  // What ends the thread is told by the call that waits in vain.
  worker.on('error', () => undefined);
  worker.unref();
  port1.unref();
  let answered = 0;
  let ended = false;
  const end = () => {
    ended = true;
    port1.close();
    void worker.terminate();
  };
  const wait = (most: number): JsonObject => {
    const outcome = Atomics.wait(done, 0, answered, most);
    const received = receiveMessageOnPort(port1);
    if (received === undefined) {
      end();
      const why = outcome === 'timed-out' ? `did not answer within ${most} ms` : 'did not answer';
      throw new Error(`it ${why}`);
    }
    answered += 1;
    return answerOf(received.message);
  };
  wait(limits.start);
  return {
    end,
    call: (name, text = '') => {
      if (ended) throw new Error('it was ended because it did not answer before');
      port1.postMessage({ call: name, text });
      const { text: answer } = wait(limits.call);
      if (answer === undefined) throw new Error('it answered nothing');
      return answer;
    },
  };
}

interface JsonObject {
  readonly text?: string;
}

function answerOf(message: unknown): JsonObject {
  const answer: JsonObject & { readonly error?: string } = JSON.parse(String(message));
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}
