import os from 'node:os';
import path from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where Sloop keeps what belongs to the user and to no workspace. `SLOOP_DATA` overrides it. */
export function dataFolder(env: Environment = process.env, platform: string = process.platform): string {
  if (env['SLOOP_DATA']) return path.resolve(env['SLOOP_DATA']);
  return path.join(platformFolder(env, platform), 'sloop');
}

function platformFolder(env: Environment, platform: string): string {
  if (platform === 'win32') return env['APPDATA'] ?? path.join(os.homedir(), 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support');
  // The XDG rule: a relative path there is to be ignored.
  const xdg = env['XDG_DATA_HOME'];
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(os.homedir(), '.local', 'share');
}
