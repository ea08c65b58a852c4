// Finds under which minified names a version of sql.js imports its file system calls, for src/store/sqlite/wasmMap.ts.
// The debug build has the real names. Both builds run the same work here; SQLite makes the same calls in the same
// order in both, so the two records side by side name the minified ones. Run by hand when sql.js is updated:
//   node scripts/deriveWasmMap.mjs
// Calls that this work never makes are listed as `unseen`: find those by reading the function of the same number of
// parameters in sql-wasm.js beside its readable twin in sql-wasm-debug.js. Then put the map into wasmMap.ts and let the kill and damage tests of test/process/store judge it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Opens, writes, checkpoints, rolls back and closes, so that every file call happens at least once. */
const work = [
  'PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL',
  'CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(100000))',
  'PRAGMA journal_mode=TRUNCATE; INSERT INTO t SELECT a FROM t; DELETE FROM t; VACUUM',
  'PRAGMA journal_mode=PERSIST; INSERT INTO t VALUES (1); PRAGMA journal_mode=DELETE',
  'PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; INSERT INTO t VALUES (2); PRAGMA wal_checkpoint(TRUNCATE)',
  'PRAGMA journal_mode=DELETE',
];

const build = (name) => readFileSync(require.resolve(`sql.js/dist/${name}.wasm`));

/** Names of the imported functions in the order in which the work calls them, and what else the build tells. */
async function record(name) {
  const calls = [];
  const found = { calls };
  const module = await WebAssembly.compile(build(name));
  await require(`sql.js/dist/${name}.js`)({
    useOldExtensionFunctions: false,
    instantiateWasm(imports, done) {
      const wrapped = {};
      for (const [space, functions] of Object.entries(imports)) {
        wrapped[space] = { ...functions };
        for (const { module: from, name: call } of WebAssembly.Module.imports(module)) {
          if (from !== space) continue;
          const original = functions[call];
          wrapped[space][call] = (...values) => {
            calls.push({ call, arity: values.length });
            return original(...values);
          };
          found.module = space;
        }
      }
      const instance = new WebAssembly.Instance(module, wrapped);
      const memory = Object.entries(instance.exports).find(
        ([, value]) => value instanceof WebAssembly.Memory,
      );
      found.memory = memory?.[0];
      done(instance);
      return {};
    },
  }).then((sqlJs) => {
    calls.length = 0;
    const db = new sqlJs.Database();
    for (const script of work) db.run(script);
    db.close();
  });
  return found;
}

const isFileCall = (name) => /^(__syscall_|fd_)/.test(name);

const readable = await record('sql-wasm-debug');
const minified = await record('sql-wasm');
if (readable.calls.length !== minified.calls.length)
  throw new Error(
    `The builds made ${readable.calls.length} and ${minified.calls.length} calls; they cannot be laid side by side.`,
  );

const names = new Map();
readable.calls.forEach(({ call, arity }, index) => {
  const other = minified.calls[index];
  const known = names.get(call) ?? other.call;
  if (known !== other.call || arity !== other.arity)
    throw new Error(`Call ${index} is ${call}, which was ${known} before and is ${other.call} here.`);
  names.set(call, other.call);
});

const all = WebAssembly.Module.imports(await WebAssembly.compile(build('sql-wasm-debug'))).map(
  ({ name }) => name,
);
const unseen = all.filter((name) => isFileCall(name) && !names.has(name));
process.stdout.write(
  `${JSON.stringify(
    {
      sha256: createHash('sha256').update(build('sql-wasm')).digest('hex'),
      module: minified.module,
      memory: minified.memory,
      calls: Object.fromEntries([...names].filter(([name]) => isFileCall(name)).sort()),
      unseen,
    },
    null,
    2,
  )}\n`,
);
