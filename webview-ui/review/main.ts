import type { ReviewCalls, ReviewHostCalls, ReviewOperation } from '../../src/protocol/review.ts';
import type { ViewClient } from '../../src/protocol/view.ts';
import '../shared/base.css';
import { registerControls } from '../shared/controls.ts';
import { clientOf, connectHost } from '../shared/host.ts';
import { registerWhen } from '../shared/when.ts';
import type { KeptState } from './desk.ts';
import { DiffTable } from './diffTable.ts';
import { RenderedDoc } from './renderedDoc.ts';
import './review.css';
import { ReviewSession } from './reviewSession.ts';
import { ReviewView } from './reviewView.ts';

const fresh: Omit<KeptState, 'artifact'> = {
  pair: null,
  kind: null,
  rail: null,
  closed: [],
  toggled: [],
  reading: [],
  unfolded: [],
  drafts: {},
  notesOpen: false,
  writing: null,
  change: null,
  line: 0,
};

registerControls();
registerWhen();
customElements.define('sloop-diff', DiffTable);
customElements.define('sloop-rendered', RenderedDoc);
customElements.define('sloop-review', ReviewView);

const calls: ReviewCalls = {
  changed: (events) => void opened.then((session) => session.changed(events)),
  show: ({ version }) => void opened.then((session) => session.showVersion(version)),
};
const host = connectHost<ReviewHostCalls, KeptState>(calls);
const report = (error: unknown) =>
  host.rpc.tell('report', {
    message: String(error instanceof Error ? (error.stack ?? error) : error).slice(0, 4000),
  });
window.addEventListener('error', ({ error, message }) => report(error ?? message));
window.addEventListener('unhandledrejection', ({ reason }) => report(reason));

const opened = open();
const session = await opened;
// A version that the panel was asked for goes before the pair that was on screen.
await session.open(session.subject.version === null ? keptFor(session.subject.artifact).pair : null);

async function open(): Promise<ReviewSession> {
  const subject = await host.rpc.call('ready', null);
  const client = clientOf<ViewClient<ReviewOperation>>(host.rpc);
  const seen = (version: number) => host.rpc.tell('seen', { version });
  const session = new ReviewSession({ client, seen }, subject, () => view.requestUpdate());
  const kept = keptFor(subject.artifact);
  const view = new ReviewView({ session, rpc: host.rpc, kept, save: (state) => host.saveState(state) });
  host.saveState(kept);
  document.body.append(view);
  return session;
}

/** What was kept belongs to the artifact that it was kept for. */
function keptFor(artifact: string): KeptState {
  const saved = host.savedState();
  return { ...fresh, ...(saved.artifact === artifact ? saved : {}), artifact };
}
