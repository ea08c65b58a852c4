import assert from 'node:assert/strict';
import fc from 'fast-check';
import { highlightedHtml, lineColours } from '../../../../webview-ui/shared/highlight.ts';
import { markSpans, spansByLine, type Span } from '../../../../webview-ui/shared/spans.ts';

const text = (spans: readonly Span[]) => spans.map((span) => span.text).join('');

describe('colours of lines', () => {
  it('leave the text as it is, whatever it is', () => {
    const piece = fc.constantFrom(
      'const ',
      '"<a>"',
      '&amp;',
      '/* ',
      ' */',
      '`',
      '\n',
      '# h',
      '```ts',
      'x',
      "'",
      '>',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom('typescript', 'xml', null),
        (pieces, language) => {
          const lines = pieces.join('').split('\n');
          const colours = lineColours(lines, language);
          assert.deepEqual(
            lines.map((_, at) => text(colours.spans(at))),
            lines,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('carry a span over its line end', () => {
    const lines = spansByLine(highlightedHtml('/* a\nb */ x', 'typescript') ?? '');
    assert.deepEqual(lines, [
      [{ text: '/* a', scope: 'comment' }],
      [
        { text: 'b */', scope: 'comment' },
        { text: ' x', scope: null },
      ],
    ]);
  });

  it('colour code between fences by its language, and Markdown around it by its headings', () => {
    const colours = lineColours(['# Title', '```ts', 'const a = 1;', '```', 'see `a`'], null);
    assert.deepEqual(
      [0, 2, 4].map((at) => colours.spans(at).find(({ scope }) => scope !== null)?.scope),
      ['section', 'keyword', 'string'],
    );
    assert.deepEqual(colours.spans(3), [{ text: '```', scope: null }]);
  });

  it('leave code plain whose language nobody knows', () => {
    assert.equal(highlightedHtml('x', 'no-such-language'), null);
  });

  it('are cut where changed words begin and end, and nothing is lost', () => {
    const spans = [
      { text: 'get(key)', scope: null },
      { text: ': string', scope: 'type' },
    ];
    const groups = markSpans(spans, [{ start: 4, end: 10 }]);
    assert.deepEqual(
      groups.map(({ marked, spans: some }) => [marked, text(some)]),
      [
        [false, 'get('],
        [true, 'key): '],
        [false, 'string'],
      ],
    );
  });
});
