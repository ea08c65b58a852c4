import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copilot } from '../../../../src/agents/providers/copilot.ts';
import { resolveCommand, type Machine } from '../../../../src/agents/providers/executable.ts';

describe('finding a program', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'sloop-executable-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (name: string, mode: number, content = '') => {
    writeFileSync(path.join(folder, name), content);
    chmodSync(path.join(folder, name), mode);
    return path.join(folder, name);
  };

  it('takes the first on the PATH that can be run', async () => {
    put('agent', 0o644);
    const environment = { PATH: `${folder}:/usr/bin:/bin` };
    assert.equal(await resolveCommand(['agent'], environment), undefined);
    put('agent', 0o755);
    assert.deepEqual(await resolveCommand(['agent', '-x'], environment), [`${folder}/agent`, '-x']);
  });

  it('takes a path as it is, and no folder for a program', async () => {
    const file = put('tool', 0o755);
    assert.deepEqual(await resolveCommand([file], {}), [file]);
    assert.equal(await resolveCommand([folder], {}), undefined);
  });
});

describe('finding the program behind a script', () => {
  const at = (file: string) => `/lib/node_modules/@github/${file}`;
  const machine = (...programs: string[]): Machine => ({
    platform: 'linux',
    arch: 'x64',
    isProgram: (file) => Promise.resolve(programs.includes(file)),
    readText: () => Promise.resolve(''),
    realPath: (file) => Promise.resolve(file === '/bin/copilot' ? at('copilot/npm-loader.js') : file),
  });
  const found = (...programs: string[]) =>
    resolveCommand(
      ['copilot', '-x'],
      { PATH: '/bin' },
      copilot.nativeOf,
      machine('/bin/copilot', ...programs),
    );

  it('starts the program itself, beside the script or within its package', async () => {
    const beside = at('copilot-linux-x64/copilot');
    const within = at('copilot/node_modules/@github/copilot-linux-x64/copilot');
    assert.deepEqual(await found(beside, within), [beside, '-x']);
    assert.deepEqual(await found(within), [within, '-x']);
  });

  it('starts the script where it does not know better', async () => {
    assert.deepEqual(await found(), ['/bin/copilot', '-x']);
  });
});

describe('finding a program on Windows', () => {
  const shim = (target: string) =>
    '@ECHO off\r\nIF EXIST "%dp0%\\node.exe" (\r\n  SET "_prog=%dp0%\\node.exe"\r\n)\r\n' +
    `"%_prog%"  "%dp0%\\node_modules\\${target}" %*\r\n`;
  const windows = (files: Record<string, string>): Machine => ({
    platform: 'win32',
    arch: 'x64',
    realPath: (file) => Promise.resolve(file),
    isProgram: (file) => Promise.resolve(file in files),
    readText: (file) => Promise.resolve(files[file] ?? ''),
  });
  const environment = { Path: 'C:\\Windows;C:\\npm' };

  it('prefers a native program', async () => {
    const machine = windows({ 'C:\\npm\\agent.exe': '', 'C:\\npm\\agent.cmd': shim('agent\\cli.js') });
    assert.deepEqual(await resolveCommand(['agent', '-x'], environment, undefined, machine), [
      'C:\\npm\\agent.exe',
      '-x',
    ]);
  });

  it('starts what an npm shim starts: a script by Node, a native program itself', async () => {
    const script = windows({ 'C:\\npm\\agent.cmd': shim('agent\\cli.js') });
    const scriptFile = 'C:\\npm\\node_modules\\agent\\cli.js';
    assert.deepEqual(await resolveCommand(['agent', '-x'], environment, undefined, script), [
      process.execPath,
      scriptFile,
      '-x',
    ]);
    const native = windows({ 'C:\\npm\\agent.cmd': shim('agent\\bin\\agent.exe') });
    const nativeFile = 'C:\\npm\\node_modules\\agent\\bin\\agent.exe';
    assert.deepEqual(await resolveCommand(['agent', '-x'], environment, undefined, native), [
      nativeFile,
      '-x',
    ]);
  });

  it('finds nothing in a batch file that is no npm shim', async () => {
    const machine = windows({ 'C:\\npm\\agent.bat': 'echo hello' });
    assert.equal(await resolveCommand(['agent'], environment, undefined, machine), undefined);
  });
});
