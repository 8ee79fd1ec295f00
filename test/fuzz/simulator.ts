import { compareWithSimulator } from '../aws-policy/support/simulator.ts';

/**
 * The long run of the comparison with the policy simulator: `tsx test/fuzz/simulator.ts [requests] [seed]`. It ends with
 * 1 where a request is allowed beside a pass.
 */
const [requests = '500000', seed = '1'] = process.argv.slice(2);
const { policies, allowed, missed, unconfirmed, ...counts } = await compareWithSimulator(
  Number(seed),
  Number(requests),
  ['pass', 'fail', 'unknown'],
);
const lines = [
  `${policies} policies, ${counts.requests} requests, ${allowed} of strangers allowed, seed ${seed}`,
  `${missed.length} allowed beside a pass`,
  ...missed.slice(0, 20).map((one) => JSON.stringify(one)),
  `${unconfirmed.length} policies are open here, and the simulator allowed none of these requests`,
  ...unconfirmed.slice(0, 20).map((one) => JSON.stringify(one)),
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
