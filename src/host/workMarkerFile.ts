import path from 'node:path';

/** There while agents are at work or loops run. An editor that starts looks for it before it does anything else. */
export const workMarkerFile = (storeDir: string): string => path.join(storeDir, 'in-progress');
