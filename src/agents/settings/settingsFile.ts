import path from 'node:path';

/** Where a person's own settings of agents stand. */
export const settingsFile = (dataFolder: string): string => path.join(dataFolder, 'settings.yaml');
