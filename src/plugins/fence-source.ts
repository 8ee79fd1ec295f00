/**
 * What runs in the thread of a check module, as text because a thread starts from plain JavaScript
 * wherever this program was built to. The module is evaluated in a context of its own that has the
 * language and nothing else: no process, no require, no fetch, no timers, no code from strings. Only
 * text goes in and out. A fence, not a prison: it keeps honest mistakes and simple malice away.
 */
export const fenceSource = `
'use strict';
const vm = require('node:vm');
const { workerData } = require('node:worker_threads');
const { port, signal, files, entry, contract } = workerData;
const done = new Int32Array(signal);
const context = vm.createContext(Object.create(null), {
  codeGeneration: { strings: false, wasm: false },
});
vm.runInContext('for (const name of ["WebAssembly", "SharedArrayBuffer", "Atomics"]) delete globalThis[name];', context);
const modules = new Map();
const load = (name) => {
  if (modules.has(name)) return modules.get(name);
  const text = name === 'regaudit/check' ? contract : files[name];
  if (text === undefined) throw new Error(name + ' is not in the folder of the checks');
  const module = new vm.SourceTextModule(text, { context, identifier: name });
  modules.set(name, module);
  return module;
};
const nameOf = (specifier, from) => {
  if (specifier === 'regaudit/check') return specifier;
  if (!specifier.startsWith('./')) throw new Error('it imports ' + specifier + '; a check may import regaudit/check and files beside it');
  return specifier.slice(2);
};
const say = (answer) => {
  port.postMessage(JSON.stringify(answer));
  Atomics.add(done, 0, 1);
  Atomics.notify(done, 0);
};
const failure = (error) => {
  let text = 'it threw';
  try { text = String(error && error.message !== undefined ? error.message : error).slice(0, 300); } catch {}
  return { error: text };
};
(async () => {
  try {
    const module = load(entry);
    await module.link(async (specifier, from) => load(nameOf(specifier, from.identifier)));
    await module.evaluate();
    context.exported = module.namespace.default;
    vm.runInContext(\`
      globalThis.describe = () => JSON.stringify(exported, (key, value) => typeof value === 'function' ? undefined : value);
      globalThis.rows = () => JSON.stringify({ id: exported.check.id, rows: exported.rows });
      globalThis.judge = (text) => {
        const [known, expected] = JSON.parse(text);
        const answer = exported.judge(known, expected);
        return JSON.stringify({ verdict: String(answer.verdict), says: String(answer.says).slice(0, 2000) });
      };
    \`, context);
    say({ ready: true });
  } catch (error) {
    say(failure(error));
    return;
  }
  port.on('message', ({ call, text }) => {
    try {
      const answer = context[call](text);
      say({ text: typeof answer === 'string' ? answer : 'null' });
    } catch (error) {
      say(failure(error));
    }
  });
})();
`;
