#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) await import('../dist/main.js');
else {
  process.stderr.write(
    `error: regaudit needs Node.js 20.19 or newer, this is ${process.version}\n`,
  );
  process.exitCode = 2;
}
