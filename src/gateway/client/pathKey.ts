/**
 * A short file name for a path: FNV-1a, 64 bits. It tells a user's own folders apart and guards nothing, and the
 * command line looks one up at every call, where loading node:crypto would cost a tenth of its time.
 */
export function pathKey(folder: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(folder)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
