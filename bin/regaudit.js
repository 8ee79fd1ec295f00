#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) await start();
else {
  process.stderr.write(
    `error: regaudit needs Node.js 20.19 or newer, this is ${process.version}\n`,
  );
  process.exitCode = 2;
}

/** Runs what was built. Whatever is missing of it, or cut short, is told in one line and is no pass. */
async function start() {
  process.exitCode = 70;
  // Read where a stack is shown alone: they cost time.
  if (process.argv.includes('--debug') || process.env.REGAUDIT_DEBUG) {
    process.setSourceMapsEnabled(true);
  }
  let faults = 0;
  process.on('uncaughtException', (error) => {
    faults += 1;
    // A second one comes of the first, which could not be told.
    if (isMissing(error) || (faults > 1 && error instanceof SyntaxError)) damaged(error.message);
  });
  try {
    const { whole } = await import('../dist/main.js');
    if (!whole) damaged('dist/main.js is cut short');
  } catch (error) {
    damaged(String(error?.message));
  }
}

function isMissing(error) {
  const own = new URL('../dist/', import.meta.url).href;
  return error?.code === 'ERR_MODULE_NOT_FOUND' && String(error.url).startsWith(own);
}

function damaged(why) {
  const [line] = why.split('\n');
  process.removeAllListeners('exit');
  process.stderr.write(
    `error: regaudit is not installed whole (${line}): install it again, or in a clone run npm run build\n`,
  );
  process.exit(70);
}
