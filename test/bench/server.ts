import { serve } from '../../src/demo/wire-server.ts';
import { many } from '../support/aws/many.ts';
import { scenario } from '../support/aws/scenario.ts';
import { organization } from './organization.ts';
import { throttling } from './throttle.ts';

// The fake runs in a process of its own, so that its work is not counted. Prints its address and,
// when asked by a line on standard input, how many calls it has had.
const [repositories = '1000', latency = '20', accounts = '0', rate = 'Infinity'] =
  process.argv.slice(2);
const good = await scenario('all-good');
const { answer, calls } =
  accounts === '0'
    ? many(good, { repositories: Number(repositories), latency: Number(latency) })
    : organization(good, Number(accounts), Number(latency));
const throttled = throttling(answer, Number(rate));
const { url } = await serve(rate === 'Infinity' ? answer : throttled.answer);
process.stdout.write(`${url}\n`);
process.stdin.on('data', () => {
  const counts = Object.fromEntries(calls);
  const seen = { counts, refused: throttled.refused(), peak: throttled.peak() };
  process.stdout.write(`${JSON.stringify(seen)}\n`);
});
process.stdin.on('end', () => process.exit(0));
