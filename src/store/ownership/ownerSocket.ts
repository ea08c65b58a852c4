import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Longest path that every Unix takes for a socket, in bytes. */
const longestAddress = 100;

/** The proof that an owner lives: whoever connects is held until it ends. */
export interface OwnerSocket {
  readonly address: string;
  close(): Promise<void>;
}

/** Listens on an address of this process's own, so that a connection means this very owner. */
export async function listenAsOwner(dir: string): Promise<OwnerSocket> {
  const address = freshAddress(dir);
  const held = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    held.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => held.delete(socket));
    socket.resume().unref();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  server.unref();
  return {
    address,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of held) socket.destroy();
      await closed;
      if (process.platform !== 'win32') fs.rmSync(address, { force: true });
    },
  };
}

/** Removes sockets that owners left which were killed. Only the present owner may, and keeps its own. */
export function clearOldSockets(dir: string, own: string): void {
  for (const name of fs.readdirSync(dir)) {
    const file = path.join(dir, name);
    if (/^sloop-[0-9a-f-]+\.sock$/.test(name) && file !== own) fs.rmSync(file, { force: true });
  }
}

/** A connection to an owner. */
export interface OwnerConnection {
  /** Resolves when the owner has ended or let go. */
  readonly gone: Promise<void>;
  dispose(): void;
}

/** Connects, or null where nobody listens. An owner that is suspended still connects: the kernel answers for it. */
export function connectToOwner(address: string): Promise<OwnerConnection | null> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    let end: () => void = () => undefined;
    const gone = new Promise<void>((done) => (end = done));
    socket.once('connect', () => {
      socket.unref();
      resolve({ gone, dispose: () => socket.destroy() });
    });
    socket.on('error', () => resolve(null));
    socket.on('close', () => end());
    socket.resume();
  });
}

/** In the store's own folder where the path is short enough, else among the user's temporary files. */
function freshAddress(dir: string): string {
  const hash = createHash('sha256').update(fs.realpathSync(dir)).digest('hex').slice(0, 12);
  const name = `sloop-${hash}-${randomBytes(6).toString('hex')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const beside = path.join(dir, `${name}.sock`);
  return Buffer.byteLength(beside) <= longestAddress ? beside : path.join(os.tmpdir(), `${name}.sock`);
}
