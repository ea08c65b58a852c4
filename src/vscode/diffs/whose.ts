/** Whose changes are meant: an agent's by name or id, a todo's, a sprint's. */
export type Whose = { readonly agent: string } | { readonly todo: string } | { readonly sprint: string };
