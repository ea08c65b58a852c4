/** Characters `start…end` of a line, the end excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
