import assert from 'node:assert/strict';
import { diffLines, linesOf } from '../../../../webview-ui/review/model/lineDiff.ts';
import { lineKinds } from '../../../../webview-ui/review/model/lineKinds.ts';
import { markdownReader } from '../../../../webview-ui/review/model/markdown.ts';

const reader = markdownReader(() => null);
function blocks(before: string, after: string) {
  const [old, now] = [linesOf(before), linesOf(after)];
  return reader.blocks(
    after,
    lineKinds(diffLines(old, now), (at) => now[at]?.trim() === ''),
  );
}
const all = (before: string, after: string) =>
  blocks(before, after)
    .map(({ html }) => html)
    .join('');

describe('rendered Markdown', () => {
  it('marks a paragraph that was changed and one that was added', () => {
    const found = blocks('# T\n\nold\n\nsame\n', '# T\n\nnew\n\nsame\n\nadded\n');
    assert.deepEqual(
      found.map(({ changed }) => changed),
      [false, true, false, true],
    );
    assert.match(
      found[1]?.html ?? '',
      /^<p data-line="2" data-end="3" class="ch" data-change="0" data-old="2 3">new/,
    );
    assert.match(found[3]?.html ?? '', /class="ch new" data-change="1"/);
  });

  it('marks the list item that changed, not the list, nor its parent item', () => {
    const html = all('- a\n  - b\n- c\n', '- a\n  - B\n- c\n- d\n');
    assert.deepEqual(
      [...html.matchAll(/<li data-line="(\d)"[^>]*?class="(.*?)"/g)].map(([, line, mark]) => [line, mark]),
      [
        ['1', 'ch'],
        ['3', 'ch new'],
      ],
    );
  });

  it('tells of lines that went away', () => {
    const found = blocks('# T\n\ngone\n\nstays\n', '# T\n\nstays\n');
    assert.deepEqual(
      found.map(({ removals }) => removals.map(({ count }) => count)),
      [[], [2]],
    );
  });

  it('tells of lines that went away at the end', () => {
    const found = blocks('a\n\nb', 'a');
    assert.deepEqual(
      found.flatMap(({ removals }) => removals.map(({ count }) => count)),
      [2],
    );
  });

  it('shows tables, task lists and code, with Mermaid left as code', () => {
    assert.match(all('', '| a | b |\n| - | - |\n| 1 | 2 |'), /<table.*<td>1<\/td>/s);
    assert.match(
      all('', '- [x] done\n- [ ] open'),
      /<li class="task.*aria-label="done".*done.*aria-label="to do"/s,
    );
    assert.match(
      all('', '```mermaid\ngraph TD; A-->B\n```'),
      /<code [^>]*language-mermaid"[^>]*>graph TD; A--&gt;B/,
    );
  });

  it('shows HTML in a text as text', () => {
    assert.match(all('', '<img src=x onerror=alert(1)>'), /&lt;img src=x/);
    assert.doesNotMatch(all('', '[x](javascript:alert)'), /href/);
  });
});
