import { z } from 'zod';

const tokens = z.looseObject({
  input: z.number().default(0),
  output: z.number().default(0),
  reasoning: z.number().default(0),
  cache: z.looseObject({ read: z.number().default(0), write: z.number().default(0) }).optional(),
});
const toolPart = z.looseObject({
  tool: z.string(),
  state: z.looseObject({
    status: z.string(),
    input: z.unknown().optional(),
    error: z.string().optional(),
  }),
});
const error = z.looseObject({
  name: z.string().default('Error'),
  data: z
    .looseObject({
      message: z.string().optional(),
      statusCode: z.number().optional(),
      responseHeaders: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  message: z.string().optional(),
});
export type OpencodeError = z.infer<typeof error>;

const sessionID = z.string();

/** The events of opencode's stream that mean something to us; every field that we do not need is let through. */
export const opencodeEvent = z.union([
  z.looseObject({ type: z.enum(['step_start', 'reasoning']), sessionID }),
  z.looseObject({ type: z.literal('text'), sessionID, part: z.looseObject({ text: z.string() }) }),
  z.looseObject({ type: z.literal('tool_use'), sessionID, part: toolPart }),
  z.looseObject({
    type: z.literal('step_finish'),
    sessionID,
    part: z.looseObject({
      reason: z.string().default('unknown'),
      tokens: tokens.optional(),
      cost: z.number().default(0),
    }),
  }),
  z.looseObject({ type: z.literal('error'), sessionID: sessionID.optional(), error }),
]);
export type OpencodeEvent = z.infer<typeof opencodeEvent>;
