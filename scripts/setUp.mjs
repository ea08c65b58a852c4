// What every command of the project needs before its work: Node, installed packages, a build.
// Plain Node without dependencies, since it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Says what is under way, on its own line. */
export const say = (text) => process.stdout.write(`» ${text}\n`);

/** Ends the program with what is missing and what to do about it. */
export function giveUp(message, next) {
  process.stderr.write(`${message}\n${next}\n`);
  process.exit(1);
}

/** Runs a program with our own output; ends with it when it fails. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error?.code === 'ENOENT') giveUp(`${command} was not found.`, `Install ${command} and try again.`);
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0));
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Installs what package-lock.json names, unless exactly that is there. */
export function ensurePackages(folder = root) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    giveUp(`Sloop needs Node 20 or newer; this is ${process.version}.`, 'Install a newer Node.');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(folder, 'node_modules', '.sloop-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say(`installing packages in ${path.relative(root, folder) || 'the project'} (npm ci)`);
  run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, lock);
}

/** Bundles, unless the newest bundle is newer than every source. */
export function ensureBuild() {
  const built = path.join(root, 'dist', 'sloop.cjs');
  const newest = Math.max(
    ...['src', 'webview-ui', 'esbuild.mjs', 'package.json'].map((name) => newestIn(path.join(root, name))),
  );
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  say('building (esbuild)');
  run(process.execPath, ['esbuild.mjs']);
}

function newestIn(file) {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newestIn(path.join(file, name))));
}

/** A program from Debian's packages that the tests or the demo use; installed where we may. */
export function ensureTool(command, debianPackage) {
  if (hasTool(command)) return;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !hasTool('apt-get'))
    giveUp(
      `${command} is needed and was not found.`,
      `Install it, on Debian: sudo apt-get install ${debianPackage}`,
    );
  say(`installing ${debianPackage} (apt-get)`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', debianPackage]);
}

const hasTool = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
