import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icon.ts';
import { nameOf, type Desk } from './desk.ts';
import { count } from './reviewSession.ts';
import { field } from './threadBox.ts';

/** What a person decides: approve, ask for changes, restore, look elsewhere. */
export function actionBar(desk: Desk): TemplateResult {
  const { session, dialog } = desk;
  const stage = session.artifact?.stage;
  const base = session.pair?.base ?? null;
  const refusal = session.approvalRefusal;
  // What somebody else decided meanwhile takes the question back.
  if (dialog === 'approve' && refusal === null) return askApproval(desk);
  const busy = session.doing !== null;
  return html`<footer role="toolbar" aria-label="Review">
    ${
      stage === 'draft'
        ? html`<vscode-button
            appearance="primary"
            aria-disabled=${busy}
            @click=${() => void session.sendToReview()}
            >${icon('eye')}Send to review</vscode-button
          >`
        : nothing
    }
    ${
      stage === 'final'
        ? html`<span class="settled">${icon('pass-filled')}v${session.newest} is approved</span>`
        : html`<vscode-button
            appearance=${stage === 'draft' ? 'secondary' : 'primary'}
            class="approve"
            aria-disabled=${refusal !== null || busy}
            title=${refusal ?? 'Approve the version on screen (Ctrl+Shift+Enter)'}
            @click=${() => desk.approve()}
            >${icon('check')}Approve</vscode-button
          >`
    }
    ${
      stage === 'review'
        ? html`<vscode-button
            appearance="secondary"
            aria-expanded=${desk.state.notesOpen}
            @click=${() => desk.keep({ notesOpen: !desk.state.notesOpen })}
            >Request changes…</vscode-button
          >`
        : nothing
    }
    ${
      base === null || desk.narrow
        ? nothing
        : html`<vscode-button
              appearance="secondary"
              title=${`v${base} becomes a new latest version; nothing is lost`}
              aria-disabled=${busy}
              @click=${() => void session.restore(base)}
              >${icon('discard')}Restore this version (v${base})</vscode-button
            >
            <vscode-button
              appearance="secondary"
              title="Open in the editor’s own diff (D)"
              @click=${() => desk.do('diff')}
              >${icon('go-to-file')}Open in diff editor</vscode-button
            >`
    }
    <span class="keys"
      >${refusal !== null && stage !== 'final' ? html`<span>${refusal}</span>` : keyHints(desk)}</span
    >
    <vscode-button
      appearance="icon"
      class="more"
      aria-label="More review actions"
      aria-haspopup="menu"
      aria-expanded=${dialog === 'more'}
      @click=${() => desk.openDialog('more')}
      >${icon('ellipsis')}</vscode-button
    >
  </footer>`;
}

const keyHints = (desk: Desk): TemplateResult => html`
  ${
    desk.comparison !== null && desk.comparison.changes.length > 0
      ? html`<span><kbd>Alt+F5</kbd>next</span>`
      : nothing
  }
  <button class="link" title="Comment on the current line (C)" @click=${() => desk.commentHere()}>
    <kbd>C</kbd> comment
  </button>
  <button class="link" @click=${() => desk.openDialog('keys')}><kbd>?</kbd> keys</button>
`;

/** Approving asks once, and says what it will make. */
function askApproval(desk: Desk): TemplateResult {
  const { session } = desk;
  const steps = session.plan?.steps.filter(({ action }) => action === 'create').length ?? null;
  const version = session.pair?.version ?? 0;
  const open = session.threads.filter(({ resolved }) => !resolved).length;
  const creates = steps === null ? '' : ` and create ${count(steps, 'todo')}`;
  return html`<footer role="alertdialog" class="ask" aria-label=${`Approve v${version}${creates}?`}>
    <span class="question"
      ><b>Approve v${version}${creates}?</b>${
        open > 0
          ? html` <span class="muted"
              >${count(open, 'comment')} ${open === 1 ? 'is' : 'are'} unresolved.</span
            >`
          : nothing
      }</span
    >
    <vscode-button appearance="secondary" @click=${() => desk.openDialog(null)}>Cancel</vscode-button>
    <vscode-button
      appearance="primary"
      data-focus
      @click=${() => {
        desk.openDialog(null);
        void session.approve();
      }}
      >${icon('check')}Approve v${version}${creates}</vscode-button
    >
  </footer>`;
}

/** Where the notes go that send a version back to draft. */
export function notesBox(desk: Desk): TemplateResult | typeof nothing {
  const { session, state } = desk;
  if (!state.notesOpen || session.artifact?.stage !== 'review') return nothing;
  const author = session.versions[0]?.author ?? 'person';
  // Earlier notes without lines were handed on when they came; everything else that is open goes along.
  const open = session.threads.filter(
    ({ resolved, first }) => !resolved && (first.version === session.newest || first.startLine !== null),
  ).length;
  const comments = open === 0 ? '' : ` with your ${count(open, 'unresolved comment')}`;
  const empty = (state.drafts['notes'] ?? '').trim() === '';
  return html`<section class="notes" aria-label="Request changes">
    <div class="head">
      <b>Request changes</b
      ><span class="muted cut"
        >${author === 'person' ? `goes back to draft${comments}` : `goes to ${nameOf(author)}${comments}`}</span
      >
    </div>
    ${field(desk, 'notes', {
      label: 'Request changes',
      placeholder: `What should be different in v${session.newest + 1}?`,
      rows: 3,
    })}
    <div class="foot">
      <vscode-button appearance="secondary" @click=${() => desk.keep({ notesOpen: false })}
        >Cancel</vscode-button
      >
      <vscode-button
        appearance="primary"
        aria-disabled=${empty || session.doing !== null}
        title=${empty ? 'Say first what should be different' : nothing}
        @click=${() => desk.send('notes')}
        >Send and return to draft <kbd>Ctrl+Enter</kbd></vscode-button
      >
    </div>
  </section>`;
}
