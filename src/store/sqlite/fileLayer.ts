import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import initSqlJs from 'sql.js';
import type { Database as SqlJsDatabase, SqlJsStatic } from 'sql.js';
import { FileCalls } from './fileCalls.ts';
import type { FileSet } from './fileSet.ts';
import { fileCallNames, wasiErrorOf, wasmMaps, type FileCallName, type WasmMap } from './wasmMap.ts';
import { WasmMemory } from './wasmMemory.ts';
import { webAssembly, type WasmBuffer, type WasmImports, type WasmInstance } from './webAssembly.ts';

type WasmCall = (...args: number[]) => number;

/** An open sql.js database; `release` must follow its close. */
export interface Connected {
  readonly sql: SqlJsDatabase;
  release(): void;
}

/** SQLite on real files: sql.js unchanged, with its file calls routed to `node:fs`. */
export interface FileLayer {
  open(files: FileSet): Connected;
}

// sql.js keeps one instance per process (or worker thread) and ignores later options, so there can be only one
// layer as well; this is the only place that may call it.
let loaded: Promise<FileLayer> | undefined;

/** Loads sql.js once; later calls share that instance, whatever path they name. */
export function loadFileLayer(wasmPath: string = findWasm()): Promise<FileLayer> {
  loaded ??= load(wasmPath);
  return loaded;
}

async function load(wasmPath: string): Promise<FileLayer> {
  const bytes = await fs.promises.readFile(wasmPath);
  const map = wasmMapOf(bytes);
  const module = await webAssembly.compile(bytes);
  const started: { memory?: WasmMemory } = {};
  const calls = new FileCalls(() => started.memory as WasmMemory);

  const options = {
    useOldExtensionFunctions: false,
    instantiateWasm(imports: WasmImports, done: (instance: WasmInstance) => void) {
      const instance = new webAssembly.Instance(module, routeFileCalls(imports, map, calls));
      started.memory = new WasmMemory(instance.exports[map.memory] as WasmBuffer);
      done(instance);
      return {};
    },
  };
  // Their types of a WebAssembly instance are the browser library's, which only some of those who compile us have.
  const start = initSqlJs as (config: object) => Promise<SqlJsStatic>;
  const sqlJs = await start(options);
  if (started.memory === undefined) {
    throw new Error(
      'sql.js was already started by other code, so databases would stay in memory. The store alone may start it.',
    );
  }

  return {
    open(files) {
      // Empty contents: sql.js deletes the file of that name from its memory when it closes; there must be one.
      const { opened, name } = calls.adopt(files, () => new sqlJs.Database(new Uint8Array(0)));
      return { sql: opened, release: () => calls.release(name) };
    },
  };
}

/** The import map of this very build, or an error for the developer who changed the version. */
export function wasmMapOf(bytes: Uint8Array): WasmMap {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const map = wasmMaps[hash];
  if (map !== undefined) return map;
  throw new Error(
    `This build of sql-wasm.wasm (SHA-256 ${hash}) is unknown: its file calls cannot be told apart, so nothing ` +
      'would be saved. Use the pinned sql.js version, or add this build with scripts/deriveWasmMap.mjs.',
  );
}

function routeFileCalls(imports: WasmImports, map: WasmMap, calls: FileCalls): WasmImports {
  const original = imports[map.module] ?? {};
  const routed = { ...original };
  for (const name of fileCallNames) {
    const inMemory = original[map.calls[name]];
    if (typeof inMemory !== 'function') throw new Error(`sql-wasm.wasm does not import ${name}`);
    routed[map.calls[name]] = onRealFiles(name, calls, inMemory as WasmCall);
  }
  return { ...imports, [map.module]: routed };
}

function onRealFiles(name: FileCallName, calls: FileCalls, inMemory: WasmCall): WasmCall {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- the bare union takes no spread
  const call = (calls[name] as (...args: number[]) => number | undefined).bind(calls);
  // WASI calls return the error's number, Linux-like calls its negative.
  const sign = name.startsWith('fd_') ? 1 : -1;
  return (...args) => {
    let result: number | undefined;
    try {
      result = call(...args);
    } catch (thrown) {
      // Nothing may be thrown through WASM frames: SQLite must get its error number and clean up.
      const error = thrown as NodeJS.ErrnoException;
      // Asking for a file that is not there is how SQLite looks around.
      if (error.code !== 'ENOENT') calls.latest?.noteFault(error);
      return sign * wasiErrorOf(error.code);
    }
    return result ?? inMemory(...args);
  };
}

/** Beside the bundle, or in node_modules when the sources run. */
function findWasm(): string {
  const here = typeof __dirname === 'string' ? __dirname : path.dirname(fileURLToPath(import.meta.url));
  const bundled = path.join(here, 'sql-wasm.wasm');
  if (fs.existsSync(bundled)) return bundled;
  return createRequire(path.join(here, 'fileLayer.ts')).resolve('sql.js/dist/sql-wasm.wasm');
}
