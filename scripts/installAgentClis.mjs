// Puts the agent CLIs that test:providers runs into .agent-clis/, at versions that are known to work: all five take 1.3 GB,
// Claude Code and Codex 640 MB.
// Does nothing when they are there. `--ignore-scripts` keeps packages from running code at install; the programs
// themselves come in optional packages, one per platform, so `--omit=optional` would leave nothing to run.
import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const agentCliFolder = fileURLToPath(new URL('../.agent-clis', import.meta.url));
/** Goes before the PATH of whoever runs `claude` and `codex`. */
export const agentCliBin = path.join(agentCliFolder, 'node_modules', '.bin');

const clis = [
  // Its own postinstall would put the native program in the place of a stub; it is run by hand below.
  { name: '@anthropic-ai/claude-code', version: '2.1.197', program: 'claude', finish: 'install.cjs' },
  { name: '@openai/codex', version: '0.169.0', program: 'codex' },
  { name: '@google/gemini-cli', version: '0.61.0', program: 'gemini' },
  { name: '@github/copilot', version: '1.0.102', program: 'copilot' },
  // The same as Claude Code's; it chooses the build for processors without AVX2 where it has to.
  { name: 'opencode-ai', version: '1.18.33', program: 'opencode', finish: 'postinstall.mjs' },
];

/** The programs, as the tests and `npm run test:providers` name them. */
export const agentCliNames = clis.map(({ program }) => program);

/** @param names which of them; what else is installed already stays. */
export async function installAgentClis(say, names = agentCliNames) {
  const wanted = clis.filter(({ program }) => names.includes(program));
  const missing = await missingOf(wanted);
  if (missing.length === 0) {
    say(`Agent CLIs are installed: ${wanted.map(nameAndVersion).join(', ')}.`);
    return;
  }
  say(`Installing ${missing.map(nameAndVersion).join(', ')} into .agent-clis (100 to 400 MB each) …`);
  await mkdir(agentCliFolder, { recursive: true });
  const present = await presentOnes();
  const all = clis.filter((cli) => present.includes(cli) || wanted.includes(cli));
  const dependencies = Object.fromEntries(all.map(({ name, version }) => [name, version]));
  const manifest = JSON.stringify({ name: 'agent-clis', private: true, dependencies }, null, 2);
  await writeFile(path.join(agentCliFolder, 'package.json'), `${manifest}\n`);
  await npmInstall();
  for (const { name, finish } of wanted) {
    if (finish !== undefined) await run(process.execPath, [finish], { cwd: packageFolder(name) });
  }
  const still = await missingOf(wanted);
  if (still.length > 0) {
    throw new Error(
      `${still.map(nameAndVersion).join(', ')} did not install for ${process.platform}-${process.arch}. ` +
        'Remove .agent-clis and try again; npm must be able to install optional packages.',
    );
  }
  say(`Installed ${wanted.map(nameAndVersion).join(', ')}.`);
}

const nameAndVersion = ({ program, version }) => `${program} ${version}`;

const packageFolder = (name) => path.join(agentCliFolder, 'node_modules', ...name.split('/'));

/** Those that are absent, of another version, or do not start. */
async function missingOf(wanted) {
  const present = await Promise.all(wanted.map(isInstalled));
  return wanted.filter((_cli, index) => !present[index]);
}

/** Those of an earlier install: npm takes away what the manifest does not name any more. */
async function presentOnes() {
  try {
    const { dependencies = {} } = JSON.parse(
      await readFile(path.join(agentCliFolder, 'package.json'), 'utf8'),
    );
    return clis.filter(({ name }) => name in dependencies);
  } catch {
    // Nothing was installed, or what was is not to be read: it is installed anew.
    return [];
  }
}

async function isInstalled({ name, version, program }) {
  try {
    const manifest = JSON.parse(await readFile(path.join(packageFolder(name), 'package.json'), 'utf8'));
    if (manifest.version !== version) return false;
    const { stdout } = await run(path.join(agentCliBin, program), ['--version'], {
      timeout: 60_000,
      shell: process.platform === 'win32',
    });
    return stdout.includes(version);
  } catch {
    // Absent, cut off half-way, or a stub without its native program: to be installed (again) all the same.
    return false;
  }
}

function npmInstall() {
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=warn'];
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', args, {
      cwd: agentCliFolder,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    npm.on('error', (cause) => reject(new Error('npm is needed to install the agent CLIs.', { cause })));
    npm.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`npm install of the agent CLIs ended with ${code}.`)),
    );
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await installAgentClis((line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
