import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../shared/icon.ts';
import type { Moves } from '../model/moves.ts';
import type { LoopResult } from '../model/result.ts';
import type { StoryEvent, StoryItem } from '../model/story.ts';
import { counted, timeOfDay } from '../../shared/words.ts';
import { inlineCode, link, markIcon } from '../../shared/parts.ts';
import { moveLooks, type LoopActions } from './parts.ts';

/** What happened, in order. */
export const storyList = (
  items: readonly StoryItem[],
  earlier: number,
  actions: LoopActions,
): TemplateResult =>
  html`${
      earlier > 0
        ? html`<p class="earlier muted">
            ${counted(earlier, 'earlier round')} not told
            <button class="link" type="button" @click=${() => actions.showEarlier()}>
              Show earlier rounds
            </button>
          </p>`
        : nothing
    }
    <ol class="tl" aria-label="What happened">
      ${repeat(
        items,
        ({ key }) => key,
        (item) =>
          item.kind === 'round'
            ? html`<li class="rd"><b>Round ${item.number}</b></li>`
            : storyEvent(item, actions),
      )}
    </ol>`;

function storyEvent(event: StoryEvent, actions: LoopActions): TemplateResult {
  const { link: to } = event;
  return html`<li class="ev">
    <time class="num" datetime=${event.time} title=${new Date(event.time).toLocaleString()}
      >${timeOfDay(event.time)}</time
    >
    <span class="dot">${markIcon(event)}</span>
    <div>
      <h2>${event.head}<span>${event.who}</span></h2>
      ${event.text === '' ? nothing : html`<p class="prose">${inlineCode(event.text)}</p>`}
    </div>
    <div class="lk">
      ${to === null ? nothing : link(to.label, () => actions.openArtifact(to.artifact, to.version))}
    </div>
  </li>`;
}

/** What came out of it. */
export const resultRail = (result: LoopResult, moves: Moves, actions: LoopActions): TemplateResult =>
  html`<section>
      <h3>Result</h3>
      <div class="big num">
        ${result.figures.map(
          ({ value, word, isGood }) =>
            html`<div><b class=${isGood ? 'plus' : ''}>${value}</b><span class="muted">${word}</span></div>`,
        )}
      </div>
      ${result.why === '' ? nothing : html`<p class="prose">${inlineCode(result.why)}</p>`}
    </section>
    ${
      result.outputs.length === 0
        ? nothing
        : html`<section>
            <h3>Outputs</h3>
            <ul class="files">
              ${result.outputs.map(
                ({ artifact, version, name, agent }) =>
                  html`<li>
                    ${icon('output')}${link(version === null ? name : `${name} v${version}`, () =>
                      actions.openArtifact(artifact, version),
                    )}<span class="end muted cut">${agent}</span>
                  </li>`,
              )}
            </ul>
          </section>`
    }
    <section>
      <h3>Findings</h3>
      <dl class="kv">
        <dt>Found</dt>
        <dd>${result.found}</dd>
        ${
          result.fixed === ''
            ? nothing
            : html`<dt>Fixed</dt>
                <dd>${result.fixed}</dd>`
        }
      </dl>
    </section>
    ${nextSection(moves, actions)}`;

function nextSection(moves: Moves, actions: LoopActions): unknown {
  const names = (['oneMoreRound', 'approve'] as const).filter((name) => moves[name].allowed);
  if (names.length === 0) return nothing;
  return html`<section>
    <h3>Next</h3>
    <ul class="files">
      ${names.map(
        (name) =>
          html`<li>
            ${icon(moveLooks[name].icon)}${link(moveLooks[name].label, () => actions.move(name))}
          </li>`,
      )}
    </ul>
  </section>`;
}
