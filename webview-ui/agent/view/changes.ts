import { html, nothing, type TemplateResult } from 'lit';
import type { ChangedFile, RepositoryChanges } from '../../../src/protocol/agent.ts';
import { link } from '../../shared/parts.ts';
import { counted } from '../../shared/words.ts';
import { changeTotals, placeOf } from '../model/changes.ts';
import type { PanelActions } from './actions.ts';

export interface ChangesState {
  /** null: not read yet. */
  readonly changes: readonly RepositoryChanges[] | null;
  /** Why they could not be read. */
  readonly why: string | null;
}

/** What it changed so far: each file opens in the editor's own diff. */
export function changesSection({ changes, why }: ChangesState, actions: PanelActions): TemplateResult {
  const files = changes?.flatMap((one) => one.files) ?? [];
  const { added, removed } = changeTotals(files);
  return html`<section class="changes">
    <h3>
      Changes<span class="end"
        >${
          files.length === 0
            ? nothing
            : html`<span class="muted num">${counted(files.length, 'file')}</span> ${counts(added, removed)}
                ${link('Open all', () => actions.openAllChanges(), 'Open all changes')}`
        }</span
      >
    </h3>
    ${
      why !== null
        ? html`<p class="muted">${why} ${link('Look again', () => actions.readChanges())}</p>`
        : changes === null
          ? html`<p class="muted">Looking…</p>`
          : files.length === 0
            ? html`<p class="muted">
                ${changes.length === 0 ? 'It has no worktree of its own: its changes are among yours.' : 'Nothing yet.'}
              </p>`
            : changes.map((one) => repository(one, changes.length > 1, actions))
    }
  </section>`;
}

const repository = (
  { repository: name, files }: RepositoryChanges,
  isNamed: boolean,
  actions: PanelActions,
): TemplateResult =>
  html`${isNamed ? html`<h4 class="muted">${name}</h4>` : nothing}
    <ul class="files" aria-label="Changed files">
      ${files.map((file) => fileRow(name, file, actions))}
    </ul>`;

const letters = { added: 'A', modified: 'M', deleted: 'D', renamed: 'R' } as const;

function fileRow(repositoryName: string, file: ChangedFile, actions: PanelActions): TemplateResult {
  const { name, folder } = placeOf(file.path);
  const was = file.oldPath === null ? '' : `, was ${file.oldPath}`;
  return html`<li>
    <button
      type="button"
      class="file ${file.kind}"
      title=${`${file.path} (${file.kind}${was})`}
      @click=${() => actions.openDiff(repositoryName, file.path)}
    >
      <span class="letter" aria-label=${file.kind}>${letters[file.kind]}</span>
      <span class="name cut">${name}</span>
      <span class="folder muted cut"><bdi>${folder}</bdi></span>
      ${
        file.added === null || file.removed === null
          ? html`<span class="muted counts">binary</span>`
          : counts(file.added, file.removed)
      }
    </button>
  </li>`;
}

const counts = (added: number, removed: number): TemplateResult =>
  html`<span class="counts num"
    ><span class="plus">+${added}</span> <span class="minus">−${removed}</span></span
  >`;
