// Loaded before what is measured (`node --import`): writes its figures when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const figures = { cpu: (userCPUTime + systemCPUTime) / 1e3, memory: maxRSS / 1024 };
  writeFileSync(process.env.MEASURE_INTO, JSON.stringify(figures));
});
