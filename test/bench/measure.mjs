// Loaded before what is measured (`node --import`): writes its figures when it ends.
import { readFileSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const figures = {
    cpu: (userCPUTime + systemCPUTime) / 1e3 + ofChildren(),
    memory: maxRSS / 1024,
  };
  writeFileSync(process.env.MEASURE_INTO, JSON.stringify(figures));
});

/** Milliseconds that processes took which this one started and waited for; Linux alone tells, see proc(5). */
function ofChildren() {
  if (platform() !== 'linux') return 0;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
