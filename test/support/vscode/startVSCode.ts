import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installExtensionFile, startCodeServer, type CodeServer } from './codeServer.ts';
import { controlExtension } from './controlExtension.ts';
import { startControl } from './control.ts';
import { installExtensions } from './installExtensions.ts';
import type { Browser } from './playwright.ts';
import { openWindow, type EditorWindow } from './window.ts';

const defaultSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  // No chat bar that takes the focus; `vscode.lm` works all the same.
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // The gateway is for this machine alone: nothing is to be forwarded, and no badge counts it.
  'remote.autoForwardPorts': false,
  'git.openRepositoryInParentFolders': 'never',
  'terminal.integrated.defaultProfile.linux': 'bash',
  // The rows of a terminal are then text of the page.
  'terminal.integrated.gpuAcceleration': 'off',
};

export interface VSCodeOptions {
  /** Folder or .code-workspace that windows open; without it they are empty. */
  readonly open?: string;
  /** Extensions to install: folders, or .vsix files. */
  readonly extensions: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the editor asks for trust; off, every workspace is trusted. */
  readonly workspaceTrust?: boolean;
}

/** A real VS Code, of which windows are opened in a browser. */
export interface VSCode {
  /** Holds all that it writes: `home`, `data` (SLOOP_DATA), `user` (settings, storage, logs), `extensions`. */
  readonly dir: string;
  readonly dataFolder: string;
  readonly url: string;
  log(): string;
  openWindow(browser: Browser): Promise<EditorWindow>;
  /** The whole of it ends and starts again, on the same data. Windows have to be opened anew. */
  restart(): Promise<void>;
  /** Ends all of it and removes `dir`, unless KEEP is set. */
  stop(): Promise<void>;
}

/** Starts the editor in folders of its own under the system's temporary folder. */
export async function startVSCode(options: VSCodeOptions): Promise<VSCode> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sloop-vscode-'));
  const folder = (name: string) => {
    mkdirSync(path.join(dir, name), { recursive: true });
    return path.join(dir, name);
  };
  const [userDataDir, extensionsDir] = [folder('user'), folder('extensions')];
  const dataFolder = folder('data');
  writeFileSync(
    path.join(folder('user/User'), 'settings.json'),
    JSON.stringify({ ...defaultSettings, ...options.settings }, null, 2),
  );
  const isFile = (extension: string) => extension.endsWith('.vsix');
  const folders = options.extensions.filter((extension) => !isFile(extension));
  installExtensions(extensionsDir, [...folders, controlExtension()]);
  const control = await startControl(path.join(dir, 'control'));
  const env = {
    ...inheritedEnvironment(),
    SHELL: '/bin/bash',
    HOME: folder('home'),
    XDG_RUNTIME_DIR: folder('run'),
    SLOOP_DATA: dataFolder,
    // No requests to a marketplace.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    SLOOP_TEST_CONTROL: control.path,
    ...options.env,
  };
  for (const file of options.extensions.filter(isFile))
    installExtensionFile(file, { userDataDir, extensionsDir, env });
  const start = (port: number): Promise<CodeServer> =>
    startCodeServer({
      userDataDir,
      extensionsDir,
      port,
      env,
      workspaceTrust: options.workspaceTrust ?? false,
    });
  let server = await start(0);
  const origin = `http://localhost:${server.port}`;
  const url = `${origin}/${whatToOpen(options.open)}`;
  return {
    dir,
    dataFolder,
    url,
    log: () => server.log(),
    openWindow: (browser) => openWindow(browser, url, control),
    async restart() {
      await server.stop();
      // The same port: what a window remembers belongs to its origin.
      server = await start(server.port);
    },
    async stop() {
      await server.stop();
      await control.close();
      if (process.env['KEEP'] === undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
      else process.stderr.write(`kept: ${dir}\n`);
    },
  };
}

function whatToOpen(open: string | undefined): string {
  if (open === undefined) return '?ew=true';
  const kind = open.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `?${kind}=${encodeURIComponent(open)}`;
}

/** Ours without what would make the editor, or its terminals' Node, behave as a part of this process. */
const inheritedEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_|SLOOP_|NODE_OPTIONS$|NODE_TEST|npm_)/.test(name),
    ),
  );
