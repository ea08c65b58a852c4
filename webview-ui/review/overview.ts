import { html, nothing, type TemplateResult } from 'lit';
import type { Desk } from './desk.ts';

/** Marks beside the text: where changes and threads lie in the whole of it. A click goes there. */
export function overview(desk: Desk): TemplateResult | typeof nothing {
  const { comparison } = desk;
  if (comparison === null || (comparison.pair.base === null && desk.threads.length === 0)) return nothing;
  const lines = Math.max(1, comparison.now.length);
  const share = (line: number) => `${(100 * line) / lines}%`;
  return html`<div class="ruler" aria-hidden="true">
    ${comparison.changes.map(({ oldStart, oldEnd, newStart, newEnd }, change) => {
      const kind = newStart === newEnd ? 'd' : oldStart === oldEnd ? '' : 'm';
      const height = `${(100 * (newEnd - newStart)) / lines}%`;
      return html`<i
        class=${kind}
        .style=${`top: ${share(newStart)}; height: ${height}`}
        @click=${() => desk.revealChange(change)}
      ></i>`;
    })}
    ${desk.threads
      .filter(({ resolved, range }) => !resolved && range !== null)
      .map(
        ({ id, range }) =>
          html`<i
            class="c"
            .style=${`top: ${share((range?.start ?? 1) - 1)}`}
            @click=${() => desk.revealThread(id)}
          ></i>`,
      )}
  </div>`;
}
