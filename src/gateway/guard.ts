import type { IncomingMessage } from 'node:http';

/** Why a request is turned away before anyone looks at what it asks. */
export interface TurnedAway {
  readonly status: number;
  readonly message: string;
}

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * A page in a browser can reach a loopback port, by its own script or by a name that resolves to it (DNS rebinding).
 * So the Host must be ours, and whatever carries an Origin must come from a loopback page.
 */
export function checkAddressing(request: IncomingMessage, port: number): TurnedAway | null {
  const allowed = loopbackHosts.map((host) => `${host}:${port}`);
  if (!allowed.includes(request.headers.host ?? ''))
    return { status: 421, message: 'This server answers on its loopback address only.' };
  const { origin } = request.headers;
  if (origin !== undefined && !allowed.map((host) => `http://${host}`).includes(origin))
    return { status: 403, message: 'Requests of web pages are not taken here.' };
  return null;
}
