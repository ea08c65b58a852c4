import path from 'node:path';

/** A file names what it defines: `.sloop/roles/tester.md` defines the role `tester`. */
export const nameOfFile = (file: string): string => path.basename(file, path.extname(file));

/** Fills in the name that the file's own name gives. */
export const withName = (file: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { name: nameOfFile(file), ...value }
    : (value ?? { name: nameOfFile(file) });
