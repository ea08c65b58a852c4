import { setTimeout as sleep } from 'node:timers/promises';
import { refuse, type Result } from '../../base/result.ts';
import type { Surface } from '../../domain/caller.ts';
import type { GatewayAddress } from '../gatewayFile.ts';
import {
  executePath,
  longestWaitSeconds,
  requestIdHeader,
  surfaceHeader,
  windowHeader,
  type ExecuteCall,
  type ExecuteReply,
} from '../wire.ts';
import { HostAway, HostFault, type CallOptions, type HostLink } from './hostLink.ts';
import { postJson, type Posted } from './postJson.ts';

export interface HttpClientParts {
  /** Looks for the present owner; asked again whenever a call finds nobody. */
  readonly locate: () => GatewayAddress | undefined;
  readonly surface: Surface;
  /** The window that calls, where it can run agents. */
  readonly window?: string | undefined;
  /** An agent's own token; without it the owner's file says the person's. */
  readonly token?: string | undefined;
  /** Asks for what waits for the agent, to be shown to it. */
  readonly messages?: boolean;
  /** How long to look for an owner before giving up; 0 tries once. */
  readonly patienceMs?: number;
}

export interface HttpClient extends HostLink {
  /** Like `execute`, and may ask the host to hold the answer of an operation that can be waited for. */
  call(call: ExecuteCall, options?: CallOptions): Promise<ExecuteReply>;
}

const answerTimeoutMs = 30_000;
const pauseMs = 100;
const mostSlowDowns = 5;

/** Calls operations by one POST each and follows the owner when it moves. */
export function createHttpClient(parts: HttpClientParts): HttpClient {
  async function call(asked: ExecuteCall, options: CallOptions = {}): Promise<ExecuteReply> {
    let awaySince: number | undefined;
    let slowedDown = 0;
    for (;;) {
      try {
        const posted = await attempt(asked, options);
        if (posted.status !== 429 || slowedDown === mostSlowDowns) return readReply(posted);
        slowedDown += 1;
        await sleep(posted.retryAfterMs ?? 1000);
      } catch (error) {
        if (!(error instanceof HostAway) || options.signal?.aborted === true) throw error;
        if (error.sent && options.requestId === undefined) throw error;
        awaySince ??= Date.now();
        if (Date.now() - awaySince >= (parts.patienceMs ?? 0)) throw error;
        await sleep(pauseMs);
      }
    }
  }

  async function attempt(asked: ExecuteCall, options: CallOptions): Promise<Posted> {
    const address = parts.locate();
    if (address === undefined) throw new HostAway('No host owns this workspace now.', { sent: false });
    const body = parts.messages === true ? { ...asked, messages: true } : asked;
    const posted = await postJson(`${address.url}${executePath}`, body, {
      headers: {
        authorization: `Bearer ${parts.token ?? address.token}`,
        [surfaceHeader]: parts.surface,
        ...(parts.window === undefined ? {} : { [windowHeader]: parts.window }),
        ...(options.requestId === undefined ? {} : { [requestIdHeader]: options.requestId }),
      },
      timeoutMs: answerTimeoutMs + Math.min(asked.waitSeconds ?? 0, longestWaitSeconds) * 1000,
      signal: options.signal,
    });
    // The owner's token is new at each start: a 401 from an address that has changed since is no refusal.
    if (posted.status === 401 && parts.token === undefined && parts.locate()?.token !== address.token)
      throw new HostAway('The owner has just changed.', { sent: false });
    if (posted.status === 503) throw new HostAway('This host is closing.', { sent: true });
    return posted;
  }

  return {
    call,
    async execute(operation, input, options): Promise<Result<unknown>> {
      const reply = await call({ operation, input }, options);
      return reply.ok ? { ok: true, value: reply.value } : reply;
    },
  };
}

function readReply(posted: Posted): ExecuteReply {
  const body = parseBody(posted);
  if (posted.status === 200 && body.result !== undefined) return body.result.data;
  const message = body.error?.message ?? `The host answered with HTTP ${posted.status}.`;
  if (posted.status === 401)
    return refuse(
      'forbidden',
      message,
      'A token ends with the session of its agent: start or resume the agent.',
    );
  if (posted.status === 403 || posted.status === 421)
    return refuse('forbidden', message, 'Use the address and token of the gateway file.');
  if (posted.status === 429) return refuse('limit', message, 'Call less often; wait a few seconds.');
  if (posted.status === 413)
    return refuse('limit', message, 'Send less in one call, or split it into several.');
  if (posted.status === 400 || posted.status === 404 || posted.status === 415)
    return refuse('invalid', message, 'Check that this program and the host are of the same version.');
  throw new HostFault(message, body.error?.data?.reference ?? null);
}

interface WireBody {
  readonly result?: { readonly data: ExecuteReply };
  readonly error?: { readonly message?: string; readonly data?: { readonly reference?: string } };
}

function parseBody(posted: Posted): WireBody {
  try {
    return JSON.parse(posted.body) as WireBody;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new HostFault(`HTTP ${posted.status} with an answer that is no JSON.`, null);
    throw error;
  }
}
