import * as vscode from 'vscode';
import { expectOk } from '../../base/result.ts';
import type { Client, OutputOf } from '../../operations/client.ts';

const scheme = 'sloop-log';

/** What agents said and did, as read-only documents that follow while the agent works. */
export interface LogDocuments extends vscode.Disposable {
  /** @param agent name or id */
  open(agent: string): Promise<void>;
}

export function createLogDocuments(client: Client): LogDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const uriOf = (agent: string) => vscode.Uri.from({ scheme, path: `/${agent}.log` });
  const agentOf = (uri: vscode.Uri) => uri.path.slice(1, -'.log'.length);
  const openDocuments = () => vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === scheme);
  const following = client.onDidChange((events) => {
    if (!events.some(({ noun }) => noun === 'agent')) return;
    for (const { uri } of openDocuments()) changed.fire(uri);
  });
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => logText(client, agentOf(uri)),
  });
  return {
    async open(agent) {
      const document = await vscode.workspace.openTextDocument(uriOf(agent));
      await vscode.window.showTextDocument(document, { preview: true });
    },
    dispose() {
      vscode.Disposable.from(changed, provider, following).dispose();
    },
  };
}

type Chunk = OutputOf<'agent.log'>['items'][number];

/** Newest lines that are shown; the beginning of a longer log is said to be missing. */
const mostChunks = 5000;
const pageSize = 200;

async function logText(client: Client, agent: string): Promise<string> {
  const chunks: Chunk[] = [];
  let after: string | undefined;
  let missing = 0;
  do {
    const page = expectOk(
      await client.execute('agent.log', {
        agent,
        newest: true,
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      }),
    );
    chunks.push(...page.items);
    missing = page.more;
    after = page.next ?? undefined;
  } while (after !== undefined && chunks.length < mostChunks);
  if (chunks.length === 0) return `Nothing written yet by ${agent}.\n`;
  const earlier = missing === 0 ? '' : `… ${missing} earlier entries: sloop agent log ${agent}\n\n`;
  return `${earlier}${chunks.reverse().map(chunkText).join('\n')}\n`;
}

const chunkText = ({ time, kind, content }: Chunk): string =>
  `${time.slice(11, 19)}  ${kind === 'said' ? '' : `[${kind}] `}${content.trimEnd()}`;
