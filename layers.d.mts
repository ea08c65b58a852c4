export const layers: Readonly<Record<string, readonly string[]>>;
export const typeOnlyImporters: readonly string[];
export const packageOwners: Readonly<Record<string, readonly string[]>>;
export const pureLayers: readonly string[];
export const webviewImports: readonly string[];
