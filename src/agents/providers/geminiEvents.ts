import { z } from 'zod';

const message = z.looseObject({ type: z.string().optional(), message: z.string().default('') });

/** The events of Gemini CLI's stream that mean something to us; every field that we do not need is let through. */
export const geminiEvent = z.union([
  z.looseObject({ type: z.literal('init'), session_id: z.string() }),
  z.looseObject({ type: z.literal('message'), role: z.string(), content: z.string().default('') }),
  z.looseObject({
    type: z.literal('tool_use'),
    tool_name: z.string(),
    tool_id: z.string(),
    parameters: z.unknown().optional(),
  }),
  z.looseObject({
    type: z.literal('tool_result'),
    tool_id: z.string(),
    status: z.string(),
    output: z.string().optional(),
    error: message.optional(),
  }),
  z.looseObject({ type: z.literal('error'), severity: z.string().default('error'), message: z.string() }),
  z.looseObject({
    type: z.literal('result'),
    status: z.string(),
    error: message.optional(),
    stats: z
      .looseObject({
        input_tokens: z.number().default(0),
        output_tokens: z.number().default(0),
        cached: z.number().default(0),
      })
      .optional(),
  }),
]);
export type GeminiEvent = z.infer<typeof geminiEvent>;
