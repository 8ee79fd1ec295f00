import { describe, expect, test } from 'vitest';
import { log } from '../../src/cli/log.ts';
import { canDraw, progress } from '../../src/cli/progress.ts';
import { begin, end, registry, repository } from './sample.ts';

/** A stream that remembers. */
function paper() {
  let text = '';
  return {
    write: (more: string) => {
      text += more;
      return true;
    },
    taken: () => {
      const all = text;
      text = '';
      return all;
    },
  };
}

describe('log', () => {
  test('pinned lines stay below what is said', () => {
    const stream = paper();
    const { say, pin } = log({ quiet: false, verbose: 0 }, stream);
    pin(['one', 'two']);
    expect(stream.taken()).toBe('one\ntwo\n');
    say('hello');
    expect(stream.taken()).toBe('\u001b[2A\r\u001b[Jhello\none\ntwo\n');
    pin(['three']);
    expect(stream.taken()).toBe('\u001b[2A\r\u001b[Jthree\n');
    pin([]);
    expect(stream.taken()).toBe('\u001b[1A\r\u001b[J');
    pin([]);
    expect(stream.taken()).toBe('');
  });

  test.each([
    [{ quiet: false, verbose: 0 }, 'error\nsaid\n'],
    [{ quiet: false, verbose: 1 }, 'error\nsaid\ndetail\n'],
    [{ quiet: false, verbose: 2 }, 'error\nsaid\ndetail\nmore\n'],
    [{ quiet: true, verbose: 2 }, 'error\n'],
  ])('%o', (options, expected) => {
    const stream = paper();
    const { error, say, detail } = log(options, stream);
    error('error');
    say('said');
    detail('detail');
    detail('more', 2);
    expect(stream.taken()).toBe(expected);
  });

  test('nothing a stranger wrote steers the terminal', () => {
    const stream = paper();
    log({ quiet: false, verbose: 0 }, stream).error('a\u001b[2Jb\r\u202ec\n::error::d');
    expect(stream.taken()).not.toMatch(/[\u001b\r\u202e]|^::/m);
  });
});

describe('progress', () => {
  const shown = (
    verbose: number,
    act: (at: ReturnType<typeof progress>, clock: { now: number }) => void,
  ) => {
    const stream = paper();
    const clock = { now: 0 };
    const at = progress(log({ quiet: false, verbose }, stream), false, 120, () => clock.now);
    act(at, clock);
    const text = stream.taken();
    at.end();
    return { text, lines: at.lines() };
  };

  test('tells repositories, calls, throttling and the time left', () => {
    const { lines } = shown(0, ({ step, read }, clock) => {
      read(begin());
      step({ kind: 'repositories', registry, known: 100 });
      for (let index = 0; index < 20; index += 1) {
        read(repository(`r${index}`, {}));
        step({ kind: 'call', registry, operation: 'x' });
        clock.now += 1000;
      }
      step({ kind: 'throttled', registry, operation: 'x' });
    });
    expect(lines).toEqual([
      `${registry}: repositories 20 of 100, calls 20, throttled 1, about 80 s left`,
    ]);
  });

  test('calls for no registry are shown until one begins', () => {
    const signIn = { kind: 'call', registry: 'ecr://unknown', operation: 'x' } as const;
    expect(shown(0, ({ step }) => step(signIn)).lines).toEqual(['signing in, calls 1']);
    const { lines } = shown(0, ({ step, read }) => {
      step(signIn);
      read(begin());
    });
    expect(lines).toEqual([`${registry}: repositories 0`]);
  });

  test('a registry that has ended is counted, not shown', () => {
    const { lines } = shown(0, ({ read }) => {
      read(begin());
      read(end(0));
    });
    expect(lines).toEqual(['1 done']);
  });

  test('without a terminal there is one line per registry, with -v', () => {
    const act = ({ read }: ReturnType<typeof progress>) => {
      read(begin());
      read(repository('a', {}));
      read(end(1));
    };
    expect(shown(1, act).text).toBe(`${registry}: repositories 1\n`);
    expect(shown(0, act).text).toBe('');
  });

  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ CI: 'true' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ])('environment %o, terminal %s: drawn %s', (environment, isTTY, drawn) => {
    expect(canDraw(environment, { isTTY })).toBe(drawn);
  });
});
