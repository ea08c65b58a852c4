import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewComment } from '../../src/protocol/review.ts';
import { icon } from '../shared/icon.ts';
import { when } from '../shared/when.ts';
import { authorIcon, nameOf, type Desk } from './desk.ts';
import { linesText, threadTitle, type PlacedThread } from './model/threads.ts';
import { count } from './reviewSession.ts';

/** A thread of remarks: its head, what was said, a field to reply. */
export function threadBox(desk: Desk, thread: PlacedThread): TemplateResult {
  const open = desk.isOpen(thread);
  const title = threadTitle(thread);
  const remarks = 1 + thread.replies.length;
  const { first } = thread;
  return html`<section
    class="thread ${open ? '' : 'closed'} ${thread.resolved ? 'resolved' : ''}"
    role="group"
    tabindex="-1"
    data-thread=${thread.id}
    aria-label=${`Comment thread: ${title}, ${count(remarks, 'comment')}`}
  >
    <div class="top">
      ${icon(thread.resolved ? 'comment' : 'comment-unresolved')}<span class="cut"
        >${
          open ? title : html`<b>${nameOf(first.author)}</b> ${role(desk, first.author)} · ${first.body}`
        }</span
      >
      <vscode-button
        appearance="secondary"
        class="small"
        @click=${() => void desk.session.setResolved(thread, !thread.resolved)}
        >${icon(thread.resolved ? 'discard' : 'check')}${thread.resolved ? 'Reopen' : 'Resolve'}</vscode-button
      >
      <vscode-button
        appearance="icon"
        aria-label=${open ? 'Collapse thread' : 'Expand thread'}
        aria-expanded=${open}
        @click=${() => desk.toggleThread(thread)}
        >${icon(open ? 'chevron-up' : 'chevron-down')}</vscode-button
      >
    </div>
    ${
      open
        ? html`${[first, ...thread.replies].map((remark) => says(desk, remark))}
            <div class="reply">
              ${field(desk, `reply:${thread.id}`, { label: 'Reply', placeholder: 'Reply… (Ctrl+Enter sends)', rows: 1 })}
            </div>`
        : nothing
    }
  </section>`;
}

/** A remark that is being written on lines. */
export function writingBox(desk: Desk): TemplateResult {
  const { writing } = desk.state;
  if (writing === null) return html``;
  const lines = linesText({ start: writing.from + 1, end: writing.to + 1 });
  const key = 'writing';
  const empty = (desk.state.drafts[key] ?? '').trim() === '';
  return html`<section
    class="thread writing"
    role="group"
    aria-label=${`New comment on ${lines} of v${writing.version}`}
  >
    <div class="top">
      ${icon('comment')}<span class="cut">${lines} of v${writing.version} · new comment</span>
    </div>
    <div class="reply">
      ${field(desk, key, { label: 'Comment', placeholder: 'What about these lines? (Ctrl+Enter sends)', rows: 3 })}
      <div class="foot">
        <vscode-button appearance="secondary" class="small" @click=${() => desk.keep({ writing: null })}
          >Cancel</vscode-button
        >
        <vscode-button
          appearance="primary"
          class="small"
          aria-disabled=${empty}
          @click=${() => desk.send(key)}
          >Comment</vscode-button
        >
      </div>
    </div>
  </section>`;
}

const says = (desk: Desk, remark: ReviewComment): TemplateResult =>
  html`<div class="says">
    ${icon(authorIcon(remark.author))}
    <div>
      <div class="who">
        <b>${nameOf(remark.author)}</b
        ><span class="muted"
          >${role(desk, remark.author)}
          ${when(remark.createdAt)}${
            remark.parentId === null && remark.version !== desk.session.pair?.version
              ? html` · on v${remark.version}`
              : nothing
          }</span
        >
      </div>
      <div class="said">${remark.body}</div>
    </div>
  </div>`;

const role = (desk: Desk, author: string): TemplateResult | typeof nothing => {
  const name = desk.session.roles.get(author) ?? '';
  return name === '' ? nothing : html`<span class="muted">${name} role ·</span>`;
};

/** A field whose text survives hiding and reloading until it is sent. */
export const field = (
  desk: Desk,
  key: string,
  {
    label,
    placeholder,
    rows,
  }: { readonly label: string; readonly placeholder: string; readonly rows: number },
): TemplateResult =>
  // The toolkit takes the field's content for its name, whatever aria-label says.
  html`<vscode-text-area
    class="unlabelled"
    data-draft=${key}
    placeholder=${placeholder}
    rows=${rows}
    .value=${desk.state.drafts[key] ?? ''}
    @input=${(event: Event) => desk.setDraft(key, (event.target as HTMLTextAreaElement).value)}
    >${label}</vscode-text-area
  >`;
