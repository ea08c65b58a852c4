import { z } from 'zod';
import { scriptedUsage, type Wire } from './wire.ts';

const part = z.looseObject({
  text: z.string().optional(),
  functionResponse: z.looseObject({ id: z.string().optional(), response: z.unknown().optional() }).optional(),
});
const contents = z.looseObject({ role: z.string().optional(), parts: z.array(part).default([]) });
const body = z.looseObject({
  systemInstruction: contents.optional(),
  contents: z.array(contents).default([]),
  tools: z
    .array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).default([]) }))
    .default([]),
});

/** Gemini's own format. Its path, not its body, tells the model and whether the answer is streamed. */
export const geminiContents: Wire = {
  name: 'gemini-contents',
  path: /\/models\/[^/]+:(stream)?generateContent$/i,
  read(raw, path) {
    const { systemInstruction, contents: turns, tools } = body.parse(raw);
    const firstAnswer = turns.findIndex(({ role }) => role === 'model');
    const opening = firstAnswer === -1 ? turns : turns.slice(0, firstAnswer);
    return {
      model: /\/models\/([^/:]+):/.exec(path)?.[1] ?? 'mock',
      stream: /:stream/i.test(path),
      tools: tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => ({ name }))),
      results: resultsIn(turns),
      opening: [systemInstruction, ...opening]
        .flatMap((turn) => turn?.parts ?? [])
        .map(({ text }) => text ?? '')
        .join('\n'),
    };
  },
  answer(turn) {
    const { input, output } = scriptedUsage;
    const parts =
      turn.kind === 'call'
        ? [{ functionCall: { name: turn.tool.name, args: turn.input } }]
        : [{ text: turn.text }];
    const document = {
      candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }],
      usageMetadata: {
        promptTokenCount: input,
        candidatesTokenCount: output,
        totalTokenCount: input + output,
      },
      modelVersion: 'mock',
    };
    return { document, events: [{ data: document }] };
  },
  error: ({ status, type, message, more }) => ({ error: { code: status, status: type, message, ...more } }),
};

/** Each once: Gemini CLI sends the history of a resumed session twice over, with the same ids. */
function resultsIn(turns: readonly z.infer<typeof contents>[]): readonly string[] {
  const answered = new Map<string, string>();
  for (const { functionResponse } of turns.flatMap(({ parts }) => parts)) {
    if (functionResponse === undefined) continue;
    const { id = `unnamed ${answered.size}`, response } = functionResponse;
    answered.set(id, JSON.stringify(response));
  }
  return [...answered.values()];
}
