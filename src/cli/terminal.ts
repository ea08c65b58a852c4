/** The process around the CLI, handed in so that tests can watch it. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input, or a file's text. Throws `UsageError` when it cannot be read. */
  readonly readText: (file: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Width to fit tables into; null where the output is no terminal and nothing is cut. */
  readonly columns: number | null;
  readonly colour: boolean;
}
