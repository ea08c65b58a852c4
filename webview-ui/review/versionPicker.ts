import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icon.ts';
import { when } from '../shared/when.ts';
import { nameOf, type Desk } from './desk.ts';
import { moveFocus } from './roving.ts';

/** Chooses one of the two versions on screen from a list that opens below its button. */
export function versionPicker(desk: Desk, which: 'base' | 'version'): TemplateResult {
  const { pair, newest } = desk.session;
  const now = pair?.[which] ?? null;
  const open = desk.dialog === which;
  const label = which === 'base' ? 'Compare from' : 'Version shown';
  return html`<span class="picker">
    <button
      class="pick"
      aria-haspopup="listbox"
      aria-expanded=${open}
      aria-label=${`${label}: v${now ?? ''}`}
      @click=${() => desk.openDialog(open ? null : which)}
    >
      ${now === null ? '…' : now === newest && which === 'version' && newest > 1 ? `v${now} (latest)` : `v${now}`}${icon(
        'chevron-down',
      )}
    </button>
    ${open ? choices(desk, which, now) : nothing}
  </span>`;
}

function choices(desk: Desk, which: 'base' | 'version', now: number | null): TemplateResult {
  const { versions, pair, newest } = desk.session;
  const offered =
    which === 'version' ? versions : versions.filter(({ version }) => version < (pair?.version ?? 0));
  const choose = (version: number) => {
    desk.openDialog(null);
    if (pair === null) return;
    const base = pair.base !== null && pair.base < version ? pair.base : version > 1 ? version - 1 : null;
    void desk.session.show(which === 'base' ? { ...pair, base: version } : { base, version });
  };
  return html`<ul
    class="popup"
    role="listbox"
    aria-label=${which === 'base' ? 'Compare from' : 'Version shown'}
    data-focus
    @keydown=${moveFocus('[role=option]')}
  >
    ${offered.map(
      ({ version, author, createdAt, changeSummary }) =>
        html`<li
          role="option"
          tabindex=${version === now ? 0 : -1}
          aria-selected=${version === now}
          @click=${() => choose(version)}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === 'Enter' || event.key === ' ') choose(version);
          }}
        >
          <b>v${version}${version === newest ? ' (latest)' : ''}</b>
          <span class="muted cut"
            >${nameOf(author)} · ${when(createdAt)}${changeSummary === '' ? '' : ` · ${changeSummary}`}</span
          >
        </li>`,
    )}
  </ul>`;
}
