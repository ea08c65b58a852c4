import type { Result } from '../../base/result.ts';
import type { AccessLevel } from '../../domain/role/role.ts';
import type { Observation, Usage } from './observation.ts';

/** Environment variables as Node keeps them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a provider's program is and its version (if it tells one), or what a person must do to have it. */
export type Detection =
  | { readonly found: true; readonly executable: string; readonly version: string | undefined }
  | { readonly found: false; readonly reason: string; readonly next: string };

/**
 * How one agent CLI is found, started and understood. Data and pure functions only: whoever launches writes the
 * files, starts the process and feeds its output lines to a parser.
 */
export interface Provider {
  readonly id: string;
  readonly title: string;
  /** How to get the program, in one sentence. */
  readonly install: string;
  /** Has a headless form whose events can be read; without it, only lines of text are seen. */
  readonly streams: boolean;
  readonly accounts: AccountAccess;
  /**
   * Whether a session begun with one account's variables can be resumed with another's: its file lies in the
   * user's own folder, and nothing in it is bound to who began it. One begun in an account's own folder
   * (`accounts.folderVariable`) stays there whatever this says.
   */
  readonly resumesAcrossAccounts: boolean;
  /**
   * Where the program itself may lie when `script` is what its package manager started in its place: a script that
   * hands no signal on would outlive its own stop. Paths to look at, the likeliest first.
   */
  readonly nativeOf?: (script: string, platform: NodeJS.Platform, arch: string) => readonly string[];
  /** Looks for the program on the PATH of `environment` (or at `settings.executable`) and asks its version. */
  detect(environment: Environment, settings?: ProviderSettings): Promise<Detection>;
  launch(request: LaunchRequest): Result<LaunchPlan>;
  /**
   * One parser per process: it remembers what it has seen. `spentBefore` is what the resumed session had spent as
   * far as the caller knows; a CLI that counts by session needs it to tell what this process spent.
   */
  parser(spentBefore?: Usage): StreamParser;
}

/** How a credential other than the user's own login is handed to the CLI, for one process. */
export interface AccountAccess {
  /** Environment variables that hold a credential, the usual one first; none where no such way is known. */
  readonly variables: readonly string[];
  /** Names the folder of configuration, login and sessions, for an account that logged in to a folder of its own. */
  readonly folderVariable?: string;
}

/** A person's own settings for a provider. Never read from an untrusted workspace. */
export interface ProviderSettings {
  readonly executable?: string | undefined;
  /** Put after the adapter's own options, so that they override them, and before a prompt. */
  readonly extraArguments?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** For agents whose start and role name none. */
  readonly model?: string | undefined;
  readonly effort?: string | undefined;
}

/** The stdio MCP server that lets the agent reach Sloop (`sloop mcp`). */
export interface Bridge {
  readonly command: string;
  readonly args: readonly string[];
  /** Plain variables; an adapter may put them on a command line. */
  readonly env: Readonly<Record<string, string>>;
  /** The agent's token and the like: in a private file or the agent's own environment, never on a command line. */
  readonly secretEnv: Readonly<Record<string, string>>;
}

/** One agent to start. Everything that an adapter may need; it looks nothing up by itself. */
export interface LaunchRequest {
  /** `streamed`: headless, events through a pipe. `interactive`: the terminal is the agent's own. */
  readonly form: 'streamed' | 'interactive';
  /** The first message, or the message that a resumed session goes on with. */
  readonly prompt: string;
  readonly systemPrompt: string;
  readonly workingFolder: string;
  /** Absolute, mode 0700, this agent's alone, outside every repository. */
  readonly privateFolder: string;
  readonly access: AccessLevel;
  /**
   * Folders beside the working folder that a `full` agent may write. Codex keeps `.git` read-only unless the
   * repository's git folder is named here; who names it lets the agent write git hooks.
   */
  readonly writableFolders?: readonly string[] | undefined;
  readonly model?: string | undefined;
  readonly effort?: string | undefined;
  readonly limits: { readonly turns?: number | undefined; readonly costUsd?: number | undefined };
  /** `new`: a UUID chosen by us, used where the CLI lets us. `resume`: the provider's own session id. */
  readonly session: { readonly kind: 'new' | 'resume'; readonly id: string };
  readonly bridge: Bridge;
  /** Names of the bridge's MCP tools that this agent's role has; they never wait for an approval. */
  readonly tools: readonly string[];
  readonly settings?: ProviderSettings | undefined;
  /** The environment that the process will be started with, before the plan's additions. */
  readonly environment: Environment;
}

/** What to write and start. `argv` goes through `resolveCommand` and then to the operating system, never a shell. */
export interface LaunchPlan {
  readonly argv: readonly [string, ...string[]];
  /** Added to the process's environment, over what is there. May hold secrets: never logged. */
  readonly environment: Readonly<Record<string, string>>;
  /** Taken out of the process's environment: what a CLI would mistake for a session around it. */
  readonly unset: readonly string[];
  /** What the process finds on its standard input: this text and then its end, or the terminal. */
  readonly stdin: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'terminal' };
  readonly files: readonly PrivateFile[];
  /** The provider's session id where it is known before the start; else an observation brings it. */
  readonly providerSessionId: string | undefined;
  /**
   * The signal to stop it with, where that is not SIGTERM. Claude Code runs commands in process groups of their own
   * and leaves them running when SIGTERM ends it; at SIGINT it ends them, and says what it spent.
   */
  readonly stopSignal?: 'SIGINT';
  /** File in the private folder in which the CLI leaves what it spent, for the parser's `end`. */
  readonly usageFile?: string;
  /** What the CLI cannot do of the request, each in one sentence, to be shown once. */
  readonly cannot: readonly string[];
}

/** A file to write before the start, `path` relative to the request's private folder. */
export interface PrivateFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** How a process ended, as its starter saw it. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines of its standard error. */
  readonly stderrTail: string;
  /** What the plan's `usageFile` holds, where there is one and the CLI wrote it. */
  readonly usageText?: string | undefined;
}

/**
 * Reads one process's output. Neither method throws on what a CLI prints. A line may give no observation and still
 * be a sign of life; a line whose observations are all `retrying` is not one, and a watchdog must not count it.
 */
export interface StreamParser {
  /** One line of standard output, without its newline. */
  push(line: string): readonly Observation[];
  /**
   * One line of standard error, for the CLIs that tell there that they try again. Undefined: a line like any other,
   * kept as it came. A list: what it shows; an empty one belongs to what was shown before and is no sign of life.
   */
  pushError?(line: string): readonly Observation[] | undefined;
  /** What only the end tells: call once, after the last line. */
  end(end: ProcessEnd): readonly Observation[];
}

/** The MCP server's name in every CLI's configuration, so tool names are the same everywhere. */
export const bridgeName = 'sloop';
