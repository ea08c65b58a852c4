import path from 'node:path';

/** The configuration folder of an account of kind `folder`: the CLI's login and its sessions lie in it. */
export const accountFolder = (dataFolder: string, account: string): string =>
  path.join(dataFolder, 'accounts', account);
